using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Cli.Commands;

/// <summary>The exit code of a report: an incomplete scan outranks findings, and nothing scanned is never a pass.</summary>
internal static class Verdict
{
    public static int Of(ClosureReport report, Effect? failOn)
    {
        if (!report.Closure.IsComplete)
        {
            return ExitCode.Incomplete;
        }

        if (report.Paths.IsEmpty || report.Closure.Paths.All(path => path.Scan is null))
        {
            return ExitCode.Nothing;
        }

        return failOn is { } least && report.AtLeast(least).Any() ? ExitCode.Findings : ExitCode.Clean;
    }
}
