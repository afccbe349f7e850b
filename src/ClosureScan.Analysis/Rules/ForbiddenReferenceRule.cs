using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Rules;

/// <summary>References that a policy forbids. A policy tells which, and finds them.</summary>
internal sealed class ForbiddenReferenceRule : Rule
{
    public override string Id => RuleIds.ForbiddenReference;

    public override string Title => "A reference that the policy forbids.";

    public override string Explanation => "The policy of this project lists packages that its closures must not refer to.";

    public override string Advice => "Remove the reference, or change the policy.";

    public override string Example => "forbid: target \"*-gcc-*\", and bin/curl-config names gcc-wrapper";

    public override string Precision => "very-high";

    internal override bool IsDemand => true;

    public override IEnumerable<Finding> Find(RuleContext context, CancellationToken cancellationToken) => [];
}
