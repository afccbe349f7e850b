using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Rules;

/// <summary>Store paths that the bytes name and nobody registered; only a deep scan finds them.</summary>
internal sealed class UndeclaredReferenceRule : Rule
{
    public override string Id => RuleIds.UndeclaredReference;

    public override string Title => "A file names a store path that the store did not register.";

    public override string Explanation => "The named path is not kept by the closure: it can be missing on the host.";

    public override string Advice => "Refer to the package in the expression that writes the file, or remove the text.";

    public override string Example => "bin/run: #!/nix/store/…-bash-5.2/bin/bash, and the path refers to no bash";

    public override string Precision => "medium";

    public override IEnumerable<Finding> Find(RuleContext context, CancellationToken cancellationToken)
    {
        foreach (int node in context.Region)
        {
            if (context.Model.ScanOf(node) is not { } scan)
            {
                continue;
            }

            EffectJudge? judge = null;
            foreach (FoundReference found in scan.Undeclared)
            {
                judge ??= context.JudgeOf(node);
                if (StorePath.TryParseBaseName(context.Model.Closure.StoreDirectory, $"{found.Target}-{found.Name}", out StorePath? target))
                {
                    yield return context.Describe(this, node, target, found.Evidence, judge.Judge, (_, _) => FixAdvisor.Undeclared);
                }
            }

            if (scan.Scrubbed.Count > 0)
            {
                Finding scrubbed = context.Describe(this, node, "scrubbed", scan.Scrubbed.Evidence, _ => Effect.Bloats, (_, _) => FixAdvisor.Scrubbed);
                if (!context.Legitimate.Takes(LegitimateKind.ScrubbedReference, scrubbed))
                {
                    yield return scrubbed;
                }
            }
        }
    }
}
