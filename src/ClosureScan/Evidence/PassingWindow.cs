namespace ClosureScan.Evidence;

/// <summary>What <see cref="PassingWindows"/> remembers of one hit.</summary>
/// <param name="Offset">Where the hash begins in the file.</param>
/// <param name="Position">The line and column, right when the file is text.</param>
/// <param name="Start">Where the remembered bytes begin in the memory.</param>
/// <param name="Before">How many of them come before the hash.</param>
/// <param name="Length">How many they are so far.</param>
internal readonly record struct PassingWindow(long Offset, TextPosition Position, int Start, int Before, int Length);
