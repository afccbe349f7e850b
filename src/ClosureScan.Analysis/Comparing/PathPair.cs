using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing;

/// <summary>Two paths that are one package's output, and how equal they are. Immutable.</summary>
public sealed record PathPair
{
    /// <summary>The path of the cross-built closure.</summary>
    public required StorePath Cross { get; init; }

    /// <summary>The path of the native closure.</summary>
    public required StorePath Native { get; init; }

    /// <summary>How equal they are.</summary>
    public required ComparisonLevel Level { get; init; }

    /// <summary>What had to be blanked for that, by name and sorted: <c>names</c>, <c>elf-build-id</c>, <c>gzip-header</c>.</summary>
    public ImmutableArray<string> Masks { get; init; } = [];

    /// <summary>What differs, in the order of <see cref="DifferenceKind"/> and then of the files.</summary>
    public ImmutableArray<Difference> Differences { get; init; } = [];

    /// <summary>How many files and links both have, and how many of them are equal (L0 or L1); 0 and 0 for pairs that are.</summary>
    public (int Compared, int Equal) Files { get; init; }

    /// <summary>What configure answered otherwise, or in the cross build could not find out; from build logs.</summary>
    internal ImmutableArray<ConfigureAnswer> Answers { get; init; } = [];
}
