using System.Globalization;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Rules;
using ClosureScan.Media;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Policy;

/// <summary>Compares closure sizes with budgets.</summary>
internal static class BudgetJudge
{
    public static IEnumerable<BudgetResult> Judge(ClosureReport report, SizeBudget budget, Baseline? baseline)
    {
        AnalyzedPath[] roots = [.. report.Paths.Where(path => report.Roots.Contains(path.Path) && budget.Root.IsMatch(path.Path))];
        return roots.Length == 0
            ? [NotJudged(budget, null, $"no root matches the budget for {budget.Root}")]
            : roots.Select(root => Judge(root, budget, baseline));
    }

    /// <summary>The finding that an exceeded budget is.</summary>
    public static Finding ToFinding(BudgetResult result)
    {
        SizeBudgetRule rule = new();
        Paths.StorePath root = result.Root!;
        return new Finding
        {
            Rule = rule.Id,
            From = root,
            Target = "closure",
            Chain = [root],
            Occurrences = OccurrenceBuilder.Build(
                rule, root, "closure", [], _ => Effect.Bloats,
                (_, _) => $"{result.Message}. See what is largest with closurescan size, and raise the budget if the growth is wanted."),
            FreedBytes = 0,
            ByteCount = result.Size - result.Limit,
        };
    }

    private static BudgetResult Judge(AnalyzedPath root, SizeBudget budget, Baseline? baseline)
    {
        long limit = budget.Maximum ?? long.MaxValue;
        string because = "";
        if (budget.NeedsBaseline)
        {
            string name = PackageNames.Of(root.Path);
            if (baseline is null || !baseline.ClosureSizes.TryGetValue(name, out long before))
            {
                return NotJudged(budget, root, baseline is null
                    ? $"the growth of {name} is limited, and no baseline was given to compare with"
                    : $"the growth of {name} is limited, and the baseline does not have its size");
            }

            long growth = budget.GrowthBytes ?? (long)Math.Min(before * (budget.GrowthPercent!.Value / 100), long.MaxValue / 2);
            long allowed = before > long.MaxValue - growth ? long.MaxValue : before + growth;
            if (allowed < limit)
            {
                limit = allowed;
                because = string.Create(CultureInfo.InvariantCulture, $", {ByteText.Of(growth)} more than the {ByteText.Of(before)} of the baseline");
            }
        }

        bool kept = root.ClosureSize <= limit;
        return new BudgetResult
        {
            Budget = budget,
            Root = root.Path,
            State = kept ? BudgetState.Kept : BudgetState.Exceeded,
            Size = root.ClosureSize,
            Limit = limit,
            Message = $"The closure of {root.Path.Name} has {ByteText.Of(root.ClosureSize)}; the policy allows {ByteText.Of(limit)}{because}",
        };
    }

    private static BudgetResult NotJudged(SizeBudget budget, AnalyzedPath? root, string message) => new()
    {
        Budget = budget,
        Root = root?.Path,
        Size = root?.ClosureSize ?? 0,
        State = BudgetState.NotJudged,
        Message = message,
    };
}
