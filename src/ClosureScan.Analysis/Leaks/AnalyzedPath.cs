using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Leaks;

/// <summary>One path of the closure with its sizes and its side.</summary>
public sealed record AnalyzedPath
{
    /// <summary>The path.</summary>
    public required StorePath Path { get; init; }

    /// <summary>The bytes of its own NAR.</summary>
    public required long NarSize { get; init; }

    /// <summary>The bytes of its closure, itself included.</summary>
    public required long ClosureSize { get; init; }

    /// <summary>The bytes that leave the roots' closure when this path does: itself and what only it holds.</summary>
    public required long AddedSize { get; init; }

    /// <summary>The paths it refers to, itself left out.</summary>
    public required ImmutableArray<StorePath> References { get; init; }

    /// <summary>Its side.</summary>
    public required PathSide Side { get; init; }

    /// <summary>The systems its binaries are built for, most files first.</summary>
    public required ImmutableArray<string> Platforms { get; init; }

    /// <summary>Why it is on that side, for people.</summary>
    public required string Because { get; init; }
}
