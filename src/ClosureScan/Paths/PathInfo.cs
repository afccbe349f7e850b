using System.Collections.Immutable;

namespace ClosureScan.Paths;

/// <summary>What a store claims of one path. Nothing of it is checked until the contents are read.</summary>
public sealed record PathInfo
{
    /// <summary>The path itself.</summary>
    public required StorePath Path { get; init; }

    /// <summary>The SHA-256 of its NAR; null where the store does not tell (a bare directory, a legacy graph file).</summary>
    public NarHash? NarHash { get; init; }

    /// <summary>The length of its NAR in bytes; null where the store does not tell.</summary>
    public long? NarSize { get; init; }

    /// <summary>
    /// The paths it refers to, sorted, itself among them when it refers to itself; null where nothing tells them (a bare directory, a NAR
    /// without metadata). In a scanned closure they are null only of paths whose bytes were not read either.
    /// </summary>
    public ImmutableArray<StorePath>? References { get; init; }

    /// <summary>The derivation that built it, when known.</summary>
    public StorePath? Deriver { get; init; }

    /// <summary>Nix's content address (<c>fixed:r:sha256:…</c>), when the path has one.</summary>
    public string? ContentAddress { get; init; }

    /// <summary>The signatures of this claim as the store has them, <c>key-name:base-64</c>; nobody has checked them yet.</summary>
    public ImmutableArray<string> Signatures { get; init; } = [];
}
