using System.Collections.Immutable;
using ClosureScan.Analysis.Comparing.Fingerprints;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing.Classes;

/// <summary>A path with its class: whoever has a path of the same class has the same contents, and references of the same classes. Immutable.</summary>
internal sealed record PathClass
{
    /// <summary>The path, and what its store claims of it.</summary>
    public required PathInfo Info { get; init; }

    /// <summary>Its class: the content-addressed path that Nix would give it.</summary>
    public required StorePath Class { get; init; }

    /// <summary>How equal it was to its counterpart; null without one.</summary>
    public ComparisonLevel? Level { get; init; }

    /// <summary>The path of the other closure that it was compared with.</summary>
    public StorePath? Counterpart { get; init; }

    /// <summary>What had to be blanked for that level.</summary>
    public ImmutableArray<string> Masks { get; init; } = [];

    /// <summary>The contents without hashes, which a later comparison needs.</summary>
    internal PathFingerprint? Fingerprint { get; init; }
}
