using System.Collections.Immutable;

namespace ClosureScan.Analysis.Explaining;

/// <summary>A package that a closure has several paths of: versions, a build for each platform, or outputs.</summary>
internal sealed record PackageTwins
{
    /// <summary>The package's name, without platform, version and output.</summary>
    public required string PackageName { get; init; }

    /// <summary>In what the paths differ; never <see cref="TwinDifferences.None"/>.</summary>
    public required TwinDifferences Differences { get; init; }

    /// <summary>The paths, two or more, the largest first, then in the order of paths.</summary>
    public required ImmutableArray<PackageTwin> Paths { get; init; }

    /// <summary>The same paths by version and platform, the variant with the largest paths first.</summary>
    public required ImmutableArray<PackageVariant> Variants { get; init; }

    /// <summary>The NAR sizes of all its paths together, in bytes.</summary>
    public required long SelfSize { get; init; }

    /// <summary>Whether the package is there more than once, and not only split into outputs.</summary>
    public bool IsRepeated => Differences != TwinDifferences.Output;
}
