namespace ClosureScan.Cli.Shell;

/// <summary>An option of a command.</summary>
/// <param name="Names">Its names with their dashes, the short one first.</param>
/// <param name="Description">What it does, one sentence.</param>
/// <param name="ValueName">What its value is called; null when it takes none.</param>
/// <param name="Values">What its value may be; empty when that is open, and then it may be a file.</param>
/// <param name="MayBeFile">Whether it may be a file as well.</param>
internal sealed record OptionNode(IReadOnlyList<string> Names, string Description, string? ValueName, IReadOnlyList<string> Values, bool MayBeFile = false);
