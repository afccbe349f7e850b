using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>
/// Some files of a path that alone carry what hangs on it: moved into another output, which nothing refers to, they free that. No
/// fewer files of the path do. Checked by walking the closure again. Immutable.
/// </summary>
internal sealed record FileSplit
{
    /// <summary>The path to split.</summary>
    public required StorePath Path { get; init; }

    /// <summary>The regular files that move, sorted.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>The bytes of their contents.</summary>
    public required long FileBytes { get; init; }

    /// <summary>The regular files that the path has.</summary>
    public required long PathFileCount { get; init; }

    /// <summary>The paths that the path refers to no more, sorted.</summary>
    public required ImmutableArray<StorePath> References { get; init; }

    /// <summary>The paths that leave the closure, sorted.</summary>
    public required ImmutableArray<StorePath> Freed { get; init; }

    /// <summary>Their bytes; those of the files that move come on top.</summary>
    public required long FreedBytes { get; init; }
}
