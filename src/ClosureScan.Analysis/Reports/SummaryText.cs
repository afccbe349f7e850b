using System.Globalization;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Reports;

/// <summary>The sentences that every report of a closure begins with: how large, how much of it is the build machine's, how few edges hold that.</summary>
/// <param name="report">The report.</param>
/// <param name="bytes">How sizes are written, as with <see cref="Media.ByteText"/>.</param>
internal sealed class SummaryText(ClosureReport report, Func<long, string> bytes)
{
    /// <summary>The size of the closure: <c>206 MiB</c>.</summary>
    public string Size => bytes(report.ClosureSize);

    /// <summary>How much of it comes from the build machine.</summary>
    public string Foreign
    {
        get
        {
            int count = report.Paths.Count(path => path.Side == PathSide.Foreign);
            return count == 0
                ? report.Findings.IsEmpty ? "nothing of it comes from the build machine." : "no whole path of it comes from the build machine."
                : $"{bytes(report.ForeignSize)} ({Percent(report.ForeignSize, report.ClosureSize)}) in {count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? "path comes" : "paths come")} from the build machine.";
        }
    }

    /// <summary>How few edges hold it; empty where none do.</summary>
    public string Edges
    {
        get
        {
            if (MendingEffort.Of(report) is not { } effort)
            {
                return "";
            }

            string all = Free(effort.EdgeCount, effort.IsWhole ? "it all" : bytes(effort.FreedBytes));
            return effort.HasMore ? $"{Free(effort.FirstEdgeCount, $"{bytes(effort.FirstFreedBytes)} of it")}, {all}." : $"{all}.";
        }
    }

    /// <summary>A part of a whole: <c>56 %</c>, with a blank that no line is broken at.</summary>
    public static string Percent(long part, long whole) => (whole == 0 ? "0" : (100.0 * part / whole).ToString("0", CultureInfo.InvariantCulture)) + "\u00a0%";

    private static string Free(int count, string what) => count == 1 ? $"1 edge frees {what}" : $"{count} edges free {what}";
}
