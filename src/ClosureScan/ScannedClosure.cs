using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan;

/// <summary>A closure with what was found in each of its paths: what the analysis starts from. Immutable.</summary>
public sealed record ScannedClosure
{
    /// <summary>Where the closure ends up, <c>/nix/store</c>.</summary>
    public required string StoreDirectory { get; init; }

    /// <summary>The store that it was scanned in, as its user wrote it; null when nobody told.</summary>
    public string? Store { get; init; }

    /// <summary>The paths the closure was asked for.</summary>
    public required ImmutableArray<StorePath> Roots { get; init; }

    /// <summary>Every path of the closure, sorted by path.</summary>
    public required ImmutableArray<ScannedPath> Paths { get; init; }

    /// <summary>Everything that makes the scan incomplete, those of single paths included.</summary>
    public ImmutableArray<ScanProblem> Problems { get; init; } = [];

    /// <summary>How many paths were read to their end and kept what was claimed of them.</summary>
    public int ReadPathCount => Paths.Count(static path => path.Scan is { Problems.IsEmpty: true });

    /// <summary>How much was read.</summary>
    public ScanDepth Depth { get; init; } = ScanDepth.Contents;

    /// <summary>Whether everything was read and every check passed, as deep as was asked for.</summary>
    public bool IsComplete => Problems.IsEmpty;
}
