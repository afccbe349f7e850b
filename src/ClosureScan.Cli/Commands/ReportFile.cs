namespace ClosureScan.Cli.Commands;

/// <summary>A report that goes to a file, in a format that the command knows by this name.</summary>
internal sealed record ReportFile(string Format, string File);
