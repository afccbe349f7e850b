using System.Globalization;
using System.Text;
using ClosureScan.Analysis.Policy;

namespace ClosureScan.Analysis.Reports;

/// <summary>
/// Workflow commands that GitHub shows as annotations. GitHub shows ten of each level a step and drops the others without a word,
/// so the tenth says how many there are.
/// </summary>
internal static class GitHubReport
{
    /// <summary>How many annotations of one level GitHub shows for a step.</summary>
    public const int MaxPerLevel = 10;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="output">Where to; left open.</param>
    public static void Write(PolicyVerdict verdict, Stream output)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(output);
        using StreamWriter writer = new(output, Utf8, leaveOpen: true) { NewLine = "\n" };

        Level errors = new("error", writer);
        foreach (string problem in Problems(verdict))
        {
            errors.Add("closurescan could not judge the closure", problem, "closure", 1);
        }

        Level warnings = new("warning", writer);
        Level notices = new("notice", writer);
        foreach (ReportedOccurrence item in FirstOfEachFinding(verdict))
        {
            Level level = item.Fails ? errors : item.IsKnown ? notices : warnings;
            level.Add(FindingText.Title(item), FindingText.Message(item, verdict.Report), item.StablePath, item.Occurrence.Line ?? 1);
        }

        foreach (StaleEntry stale in verdict.Stale)
        {
            warnings.Add("closurescan policy", $"allow entry \"{stale.Entry}\": {stale.Problem}.", verdict.Policy.File ?? ClosurePolicy.FileName, stale.Entry.Line);
        }

        foreach (PolicyWarning warning in verdict.Warnings)
        {
            warnings.Add("closurescan policy", $"{warning.Message}.", verdict.Policy.File ?? ClosurePolicy.FileName, warning.Line);
        }

        errors.Finish();
        warnings.Finish();
        notices.Finish();
    }

    /// <summary>Of every finding one place, and only then its other places: of ten annotations a finding in a hundred files must not take all.</summary>
    private static IEnumerable<ReportedOccurrence> FirstOfEachFinding(PolicyVerdict verdict)
    {
        HashSet<object>[] seen = [.. Enumerable.Range(0, 3).Select(_ => new HashSet<object>(ReferenceEqualityComparer.Instance))];
        bool IsFirst(ReportedOccurrence item) => seen[item.Fails ? 0 : item.IsKnown ? 1 : 2].Add(item.Finding);
        foreach (ReportedOccurrence item in ReportedOccurrence.Open(verdict).Where(IsFirst))
        {
            yield return item;
        }

        Array.ForEach(seen, level => level.Clear());
        foreach (ReportedOccurrence item in ReportedOccurrence.Open(verdict).Where(item => !IsFirst(item)))
        {
            yield return item;
        }
    }

    private static IEnumerable<string> Problems(PolicyVerdict verdict) =>
    [
        .. verdict.Outcome == VerdictOutcome.Nothing ? ["Nothing was scanned."] : (string[])[],
        .. verdict.Gaps,
        .. verdict.Budgets.Where(budget => budget.State == BudgetState.NotJudged).Select(budget => budget.Message),
    ];

    /// <summary>The annotations of one level: all but the last are written as they come; the last waits to learn whether it stands for more.</summary>
    private sealed class Level(string name, StreamWriter writer)
    {
        private int _count;
        private WorkflowCommand _last;

        public void Add(string title, string message, string file, int line)
        {
            _count++;
            if (_count <= MaxPerLevel)
            {
                WorkflowCommand annotation = WorkflowCommand.Annotation(name, file, Math.Max(line, 1), title, FindingText.Clip(message));
                if (_count < MaxPerLevel)
                {
                    writer.WriteLine(annotation);
                }
                else
                {
                    _last = annotation;
                }
            }
        }

        public void Finish()
        {
            if (_count == MaxPerLevel)
            {
                writer.WriteLine(_last);
            }
            else if (_count > MaxPerLevel)
            {
                writer.WriteLine(WorkflowCommand.Annotation(name, "closurescan", string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_count - MaxPerLevel + 1:N0} more like these; GitHub shows {MaxPerLevel} of a kind. The job summary and the SARIF report list more.")));
            }
        }
    }
}
