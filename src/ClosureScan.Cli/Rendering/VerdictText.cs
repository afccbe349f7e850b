using System.Collections.Immutable;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;

namespace ClosureScan.Cli.Rendering;

/// <summary>The report of <c>check</c> for a reviewer: what fails in full, all else in a line each, the verdict at the end.</summary>
internal sealed class VerdictText(PolicyVerdict verdict, FindingView view, StyledWriter writer)
{
    private const int LabelColumn = 2;
    private const int ValueColumn = 12;
    private const int LinesShown = 20;

    public void Write()
    {
        ClosureReport failing = verdict.Report.Where(verdict.Fails);
        new LeakText(failing, view, writer).WriteFindings();
        List("warns", Places(verdict.Warned), occurrence => occurrence.Key.ToString(), Style.Warning);
        List("known", Places(verdict.Known), occurrence => $"{occurrence.Key}, in the baseline{(occurrence.Status == OccurrenceStatus.Weaker ? " as one that breaks" : "")}", Style.Dim);
        List("mended", verdict.Gone, entry => $"{entry}: prune it from the baseline", Style.Good);
        List("smaller", verdict.GivenBack, change => change.ToString(), Style.Good);
        List("accepted", Places(verdict.Accepted), occurrence => $"{occurrence.Key}: {occurrence.Status.Because}{Place(occurrence.Status.Line)}", Style.Dim);
        List("stale", verdict.Stale, stale => $"allow entry \"{stale.Entry}\"{Place(stale.Entry.Line)}: {stale.Problem}", Style.Warning);
        List("policy", verdict.Warnings, warning => $"{warning.Message}{Place(warning.Line)}", Style.Warning);
        List("strict", verdict.StrictReasons, reason => reason, Style.Bad);
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

    private static IEnumerable<Occurrence> Places(IEnumerable<Finding> findings) => findings.SelectMany(finding => finding.Occurrences);

    private string Place(int line) => line > 0 ? $" ({verdict.Policy.File}:{line})" : "";

    /// <summary>What fails, and what does not, each with its reason; what there is none of is left out.</summary>
    private IEnumerable<string> Counts()
    {
        int failing = verdict.Failing.Count();
        yield return failing == 0 ? "Nothing fails" : $"{Quantity.Count(failing, "finding")} {(failing == 1 ? "fails" : "fail")}";
        foreach ((int count, string what) in ((int, string)[])[(Places(verdict.Warned).Count(), "warned of"), (Places(verdict.Known).Count(), "in the baseline"), (Places(verdict.Accepted).Count(), "accepted by the policy")])
        {
            if (count > 0)
            {
                yield return $"{Quantity.Count(count, "place")} {what}";
            }
        }
    }

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
        ClosureReport report = verdict.Report;
        writer.Indent(0).Words(text, style)
            .Words(string.Join(", ", Counts()) + ".")
            .Words($"Scanned {report.Closure.ReadPathCount} of {Quantity.Count(report.Paths.Length, "path")}, {Quantity.Count(report.FileCount, "file")}, {Quantity.Bytes(report.ByteCount)};")
            .Words(verdict.Policy.File is { } file ? $"policy {file}." : "no policy file.")
            .Line();
    }
}
