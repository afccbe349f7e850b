using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Rules;

/// <summary>Every other reference to the build side.</summary>
internal sealed class ForeignReferenceRule : Rule
{
    public override string Id => RuleIds.ForeignReference;

    public override string Title => "A path of the host refers to the build side.";

    public override string Explanation => "The bytes of a file hold the hash of a path that was built for the build machine. Nix keeps that path, and all it refers to, in the closure.";

    public override string Advice => "Name the host's path instead where the path is used, and remove the text (removeReferencesTo) where it only records the build; each finding says which. Moving the file to another output cuts nothing that other packages propagate.";

    public override string Example => "bin/curl-config: CC='/nix/store/…-armv7l-unknown-linux-gnueabihf-gcc-wrapper-13.2.0/bin/…-gcc'";

    public override IEnumerable<Finding> Find(RuleContext context, CancellationToken cancellationToken) => ForeignEdges.Find(context, this, starts: false, cancellationToken);
}
