using ClosureScan.Analysis.Reports;

namespace ClosureScan.Cli.Commands;

/// <summary>A report that goes to a file.</summary>
internal sealed record ReportFile(ReportFormat Format, string File);
