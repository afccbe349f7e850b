namespace ClosureScan.Analysis.Comparing;

/// <summary>One thing that differs between two files, with both sides. Immutable.</summary>
public sealed record Difference
{
    /// <summary>What kind of thing.</summary>
    public required DifferenceKind Kind { get; init; }

    /// <summary>The file inside the paths, without a leading slash; the member of an archive behind a colon, <c>lib/libapr-1.a:file.o</c>.</summary>
    public required string File { get; init; }

    /// <summary>What it is about: the macro, the symbol, the key. Empty when the file itself says it.</summary>
    public string Subject { get; init; } = "";

    /// <summary>What the cross-built side has; null where it has nothing.</summary>
    public string? Cross { get; init; }

    /// <summary>What the native side has; null where it has nothing.</summary>
    public string? Native { get; init; }

    /// <summary>What that means to a user of the package, in plain words; empty where the fact says it.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>The answer of a configure script that explains it; null without logs.</summary>
    public string? Cause { get; init; }

    /// <summary>How many more places of the same kind in this file are not listed one by one; 0 when all are.</summary>
    public int MoreCount { get; init; }

    /// <summary>The level that this difference alone means.</summary>
    public ComparisonLevel Level => Kind switch
    {
        DifferenceKind.Layout => ComparisonLevel.SameStructure,
        DifferenceKind.BuildFacts => ComparisonLevel.BuildFactsDiffer,
        _ => ComparisonLevel.Different,
    };
}
