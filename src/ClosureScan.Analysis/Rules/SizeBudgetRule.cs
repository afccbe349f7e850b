using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Rules;

/// <summary>Closures that are larger than a policy allows. The policy tells how large they may be.</summary>
internal sealed class SizeBudgetRule : Rule
{
    public override string Id => RuleIds.SizeBudget;

    public override string Title => "A closure is larger than its budget.";

    public override string Explanation => "The policy of this project limits the size of this root's closure, or its growth since the baseline.";

    public override string Advice => "See what was added with closurescan diff and what is largest with closurescan size.";

    public override string Example => "budgets: root pi-image, max 300 MiB, and the closure has 412 MiB";

    public override string Precision => "very-high";

    internal override bool IsDemand => true;

    public override IEnumerable<Finding> Find(RuleContext context, CancellationToken cancellationToken) => [];
}
