using System.Collections.Immutable;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Derivations;

/// <summary>
/// What the derivation of a path says of the machines that it is for: the best witness there is, as nothing in it is a guess. Known where the store has the
/// derivation and that names a host, which Nixpkgs writes into every cross build.
/// </summary>
internal sealed record RecordedBuild
{
    /// <summary>The derivation.</summary>
    public required StorePath Derivation { get; init; }

    /// <summary>Where the outputs run: <c>--host</c> of its configureFlags.</summary>
    public required Platform Host { get; init; }

    /// <summary>Where it was built: <c>--build</c>; null when it does not say.</summary>
    public Platform? Build { get; init; }

    /// <summary>What a compiler makes code for: <c>--target</c>; null when it does not say.</summary>
    public Platform? Target { get; init; }

    /// <summary>The store paths that its variables name, each with every variable that does. Paths of its own outputs are none.</summary>
    public ImmutableArray<RecordedInput> Inputs { get; init; } = [];

    /// <summary>Whether it is a build for another machine than that which builds.</summary>
    public bool IsCross => Build is not null && Build != Host;

    /// <summary>The inputs that are a path, or another output of its package.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public IEnumerable<RecordedInput> InputsOf(StorePath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string package = PackageOf(path);
        return Inputs.Where(input => PackageOf(input.Path) == package);
    }

    /// <summary>Whether two derivations say the same.</summary>
    public bool Equals(RecordedBuild? other) =>
        other is not null && Derivation.Equals(other.Derivation) && Host == other.Host && Build == other.Build && Target == other.Target && Inputs.SequenceEqual(other.Inputs);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Derivation, Host, Inputs.Length);

    /// <summary>The name that the outputs of a build have in common, with version and platform.</summary>
    internal static string PackageOf(StorePath path) => StorePathName.Parse(path.Name).Output is { } output ? path.Name[..^(output.Length + 1)] : path.Name;
}
