using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>What a reference that is to be mended leads to, in the words of Nixpkgs.</summary>
/// <param name="Path">The path.</param>
/// <param name="Twin">The host's build of the same package, if the closure has it.</param>
/// <param name="IsOfBuild">Whether it belongs to the build side.</param>
/// <param name="Witness">What the derivation of the path that refers to it says of it, in a sentence; null when it says nothing.</param>
internal sealed record FixTarget(StorePath Path, StorePath? Twin, bool IsOfBuild, string? Witness = null)
{
    private static readonly string[] SourceEndings = [".tar.gz", ".tar.xz", ".tar.bz2", ".tar.zst", ".tgz", ".zip", ".gem", ".patch", "-source"];

    private readonly StorePathName _name = StorePathName.Parse(Path.Name);

    /// <summary>The package's name.</summary>
    public string Package => _name.PackageName;

    /// <summary>What to use instead.</summary>
    public string Instead => IsSource ? "another text" : Twin is null ? $"the host's {Package}" : $"the host's {Package}, already in the closure as {Twin.BaseName}";

    /// <summary>
    /// A Nix expression for it, as <c>remove-references-to -t</c> takes it. The compiler of a build is <c>stdenv.cc</c>, whatever its
    /// path is called; a package whose name can be no attribute is told by its name alone.
    /// </summary>
    public string Expression =>
        IsSource ? $"the store path of {Path.Name}"
        : PathClassifier.IsToolchainWrapper(Path.Name) ? Package.Contains("gcc", StringComparison.Ordinal) || Package.Contains("cc-wrapper", StringComparison.Ordinal) ? "${stdenv.cc}"
            : Package.Contains("binutils", StringComparison.Ordinal) || Package.Contains("bintools", StringComparison.Ordinal) ? "${stdenv.cc.bintools}"
            : Attribute
        : _name.Target is not null && Package.Contains("gcc", StringComparison.Ordinal) ? "${stdenv.cc.cc}"
        : _name.Target is not null && Package == "binutils" ? "${stdenv.cc.bintools.bintools}"
        : Package == "gcc" ? "${stdenv.cc.cc}"
        : Attribute;

    // A package's source has the package's name, and is not the package.
    private bool IsSource => Array.Exists(SourceEndings, ending => Path.Name.EndsWith(ending, StringComparison.Ordinal));

    private string Attribute =>
        Package.Contains('.', StringComparison.Ordinal) || !char.IsAsciiLetter(Package[0])
            ? $"the store path of {(IsOfBuild ? "the build's " : "")}{Package}"
            : $"${{{(IsOfBuild ? "buildPackages." : "")}{Package}{(_name.Output is { } output ? "." + output : "")}}}";
}
