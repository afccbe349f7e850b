using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Rules;

/// <summary>Left-over directories of the build; only a deep scan finds them.</summary>
internal sealed class BuildPathRule : Rule
{
    public override string Id => RuleIds.BuildPath;

    public override string Title => "A directory of the build was left in a file.";

    public override string Explanation => "The directory is gone when the build ends, and its name makes builds differ.";

    public override string Advice => "Map it away with -ffile-prefix-map (Go: -trimpath, Rust: --remap-path-prefix), or strip the debug information.";

    public override string Example => "lib/libfoo.a: /build/source/foo.c in debug information";

    public override string Precision => "medium";

    public override IEnumerable<Finding> Find(RuleContext context, CancellationToken cancellationToken) =>
        from node in context.Region
        let scan = context.Model.ScanOf(node)
        where scan is { BuildPaths.Count: > 0 }
        select context.Describe(this, node, "build", scan.BuildPaths.Evidence, _ => Effect.Bloats, (item, _) => FixAdvisor.ForBuildPath(item));
}
