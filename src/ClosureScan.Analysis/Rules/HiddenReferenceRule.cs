using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Rules;

/// <summary>References where Nix does not look; only a deep scan finds them.</summary>
internal sealed class HiddenReferenceRule : Rule
{
    public override string Id => RuleIds.HiddenReference;

    public override string Title => "A store path stands in data that Nix does not search.";

    public override string Explanation => "Nix finds references as plain text. In compressed or UTF-16 data it sees none, so the named path can be collected as garbage while it is in use.";

    public override string Advice => "Install the data uncompressed, write the path to nix-support as well, or leave the path out.";

    public override string Example => "share/man/man1/app.1.gz: /nix/store/…-app-data/table, in gzip data";

    public override string Precision => "medium";

    // What is registered as well keeps its target alive; the reference in the open is then the one to judge.
    public override IEnumerable<Finding> Find(RuleContext context, CancellationToken cancellationToken) =>
        from node in context.Region
        let scan = context.Model.ScanOf(node)
        where scan is not null
        from found in scan.Hidden
        let target = context.NodeOf(found.Target)
        where target is { } other && other != node && context.Graph.FindEdge(node, other) < 0
        select context.Describe(this, node, context.Graph.Paths[target.Value], found.Evidence, _ => Effect.Bloats, (_, _) => FixAdvisor.Hidden);
}
