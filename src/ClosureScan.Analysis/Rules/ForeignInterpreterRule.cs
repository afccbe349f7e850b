using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Rules;

/// <summary>Scripts and programs that start through an interpreter of the build side.</summary>
internal sealed class ForeignInterpreterRule : Rule
{
    public override string Id => RuleIds.ForeignInterpreter;

    public override string Title => "The interpreter of a script or program lies on the build side.";

    public override string Explanation => "A shebang or the program interpreter of an ELF file names a path that was built for the build machine. The host cannot run it.";

    public override string Advice => "A script: put the host's interpreter in buildInputs and patch with patchShebangs --host. A program: compile it with the cross compiler (${stdenv.cc.targetPrefix}cc).";

    public override string Example => "bin/unicode_start: #!/nix/store/…-bash-5.2p26/bin/bash, an x86_64 bash in an armv7l image";

    public override string Precision => "very-high";

    public override IEnumerable<Finding> Find(RuleContext context, CancellationToken cancellationToken) => ForeignEdges.Find(context, this, starts: true, cancellationToken);
}
