using System.Collections.Immutable;

namespace ClosureScan.Analysis.Explaining;

/// <summary>One version of a package for one platform, with all its outputs: what a user thinks of as one package.</summary>
internal sealed record PackageVariant
{
    /// <summary>The version in its names; null without one.</summary>
    public required string? Version { get; init; }

    /// <summary>The configuration in its names behind the package's, where it runs; null for a native build, which has none.</summary>
    public required string? HostTriple { get; init; }

    /// <summary>The configuration before the package's name, for which it makes code; null when it is no cross tool.</summary>
    public required string? TargetTriple { get; init; }

    /// <summary>Whether its names say that it was built statically.</summary>
    public required bool IsStatic { get; init; }

    /// <summary>Its paths, one an output or several builds of one, the largest first, then in the order of paths.</summary>
    public required ImmutableArray<PackageTwin> Paths { get; init; }

    /// <summary>The bytes that leave the closure when all its paths go together, by a walk without them.</summary>
    public required long AddedSize { get; init; }

    /// <summary>The NAR sizes of its paths together, in bytes.</summary>
    public long SelfSize => Paths.Sum(twin => twin.SelfSize);
}
