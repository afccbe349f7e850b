using System.Collections.Immutable;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;

namespace ClosureScan.Cli.Rendering;

/// <summary>The report of <c>check</c> for a reviewer: what fails in full, all else in a line each, the verdict at the end.</summary>
internal sealed class VerdictText(PolicyVerdict verdict, StyledWriter writer)
{
    private const int LabelColumn = 2;
    private const int ValueColumn = 12;
    private const int LinesShown = 20;

    public void Write()
    {
        LeakReport failing = verdict.Report with { Leaks = [.. verdict.Failing.Select(finding => finding.Leak)] };
        new LeakText(failing, writer).WriteFindings();
        List("warns", verdict.Findings.Where(finding => !finding.Fails && !finding.IsKnown), finding => finding.Leak.Key, Style.Warning);
        List("known", verdict.Findings.Where(finding => finding.IsKnown), finding => $"{finding.Leak.Key}, in the baseline", Style.Dim);
        List("more", verdict.Grown, entry => entry.ToString(), Style.Bad);
        List("mended", verdict.Gone, entry => $"{entry}: prune it from the baseline", Style.Good);
        List("accepted", verdict.Suppressed, suppressed => $"{suppressed.Leak.Key}: {suppressed.Reason}{Place(suppressed.Entry)}", Style.Dim);
        List("stale", verdict.Stale, stale => $"allow entry \"{stale.Entry}\"{Place(stale.Entry)}: {stale.Problem}", Style.Warning);
        List("budget", verdict.Budgets, budget => budget.Message, Style.Plain);
        List("missing", verdict.Gaps.Except(verdict.Report.Closure.Problems.Select(problem => problem.ToString())), gap => gap, Style.Bad);
        WriteSummary();
    }

    private void List<T>(string label, IEnumerable<T> items, Func<T, string> toText, Style style)
    {
        ImmutableArray<T> all = [.. items];
        for (int i = 0; i < Math.Min(all.Length, LinesShown); i++)
        {
            writer.Indent(ValueColumn).Column(LabelColumn).Raw(i == 0 ? label : "", Style.Dim).Column(ValueColumn).Words(toText(all[i]), style).Line();
        }

        if (all.Length > LinesShown)
        {
            writer.Column(ValueColumn).Words($"and {all.Length - LinesShown} more", Style.Dim).Line();
        }
    }

    private string Place(AllowEntry? entry) => entry is { Line: > 0 } ? $" ({verdict.Policy.File}:{entry.Line})" : "";

    private void WriteSummary()
    {
        (string text, Style style) = verdict.Outcome switch
        {
            VerdictOutcome.Passed => ("Passed.", Style.Good),
            VerdictOutcome.Failed => ("Failed:", Style.Bad),
            VerdictOutcome.Misconfigured => ("Not judged: the policy asks for what cannot be judged here.", Style.Bad),
            VerdictOutcome.Incomplete => ("Incomplete: the scan does not cover the closure.", Style.Bad),
            _ => ("Nothing was scanned.", Style.Bad),
        };
        LeakReport report = verdict.Report;
        writer.Indent(0).Words(text, style)
            .Words($"{Quantity.Count(verdict.Failing.Count(), "finding")} {(verdict.Failing.Count() == 1 ? "fails" : "fail")},")
            .Words($"{verdict.Findings.Length - verdict.Failing.Count()} known or warned of,")
            .Words($"{verdict.Suppressed.Length} accepted.")
            .Words($"Scanned {report.Closure.Paths.Count(path => path.Scan is not null)} of {Quantity.Count(report.Paths.Length, "path")}, {Quantity.Count(report.FileCount, "file")}, {Quantity.Bytes(report.ByteCount)};")
            .Words(verdict.Policy.File is { } file ? $"policy {file}." : "no policy file.")
            .Line();
    }
}
