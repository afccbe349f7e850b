namespace ClosureScan.Cli;

/// <summary>
/// Whoever read standard output has closed it, as <c>head</c> does when it has enough. Nothing is wrong: the tool stops writing, says
/// nothing, and ends with the exit code that what it did has.
/// </summary>
internal sealed class ReaderGoneException() : IOException("Standard output was closed before everything was written.");
