namespace ClosureScan.Cli.Shell;

/// <summary>An argument of a command.</summary>
/// <param name="Name">What it is called in the usage.</param>
/// <param name="Description">What it is, one sentence.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
/// <param name="IsRepeatable">Whether there may be several.</param>
/// <param name="Values">All it may be; empty when that is open, and then it may be a file.</param>
internal sealed record ArgumentNode(string Name, string Description, bool IsOptional, bool IsRepeatable, IReadOnlyList<string> Values);
