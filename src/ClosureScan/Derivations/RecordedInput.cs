using System.Collections.Frozen;
using ClosureScan.Paths;

namespace ClosureScan.Derivations;

/// <summary>A path that the derivation of another names, and where.</summary>
/// <param name="Path">The path.</param>
/// <param name="Variable">The variable of the build that names it first: <c>nativeBuildInputs</c>, <c>configureFlags</c>; <c>builder</c> for the program that runs the build.</param>
internal sealed record RecordedInput(StorePath Path, string Variable)
{
    private static readonly FrozenSet<string> BuildVariables = new[]
    {
        "builder", "nativeBuildInputs", "propagatedNativeBuildInputs", "depsBuildBuild", "depsBuildBuildPropagated", "depsBuildTarget", "depsBuildTargetPropagated", "stdenv",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> HostVariables = new[]
    {
        "buildInputs", "propagatedBuildInputs", "depsHostHost", "depsHostHostPropagated", "depsTargetTarget", "depsTargetTargetPropagated",
    }.ToFrozenSet();

    /// <summary>Whether it was meant to run on the machine that builds (Nixpkgs: pkgs/stdenv/generic/setup.sh).</summary>
    public bool IsForBuild => BuildVariables.Contains(Variable);

    /// <summary>Whether it was meant to be linked to or to run where the outputs run. Neither: the expression names it by itself, in a flag or a text.</summary>
    public bool IsForHost => HostVariables.Contains(Variable);
}
