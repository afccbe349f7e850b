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

        return OfFindings(report, failOn);
    }

    /// <summary>The exit code where nothing was to be read.</summary>
    public static int OfMetadata(ClosureReport report, Effect? failOn) => report.Closure.IsComplete ? OfFindings(report, failOn) : ExitCode.Incomplete;

    private static int OfFindings(ClosureReport report, Effect? failOn) =>
        failOn is { } least && report.AtLeast(least).Any() ? ExitCode.Findings : ExitCode.Clean;
}
