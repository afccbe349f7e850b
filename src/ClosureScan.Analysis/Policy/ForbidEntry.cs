using ClosureScan.Analysis.Leaks;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Policy;

/// <summary>
/// One <c>forbid</c> entry: references that no closure may have, whatever they are built for. It is about the edge that leads there:
/// references between two paths that both match are the consequence and not told.
/// </summary>
internal sealed record ForbidEntry
{
    /// <summary>The packages that must not be referred to; null when <see cref="Preset"/> tells.</summary>
    public GlobPattern? Target { get; init; }

    /// <summary>The same by a name for many; null when <see cref="Target"/> tells.</summary>
    public ForbidPreset? Preset { get; init; }

    /// <summary>The packages that must not refer to them; null for any.</summary>
    public GlobPattern? Package { get; init; }

    /// <summary>Why; it is told with each finding.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether the entry forbids references to a path.</summary>
    public bool IsTarget(StorePath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Target?.IsMatch(path) == true || (Preset == ForbidPreset.Toolchains && BuildTools.Has(StorePathName.Parse(path.Name)));
    }

    /// <summary>What is forbidden, as the policy says it.</summary>
    public override string ToString() => Target?.ToString() ?? $"preset {Preset.ToString()!.ToLowerInvariant()}";

    /// <summary>Where the entry begins in its file, counted from 1; 0 when it comes from no file.</summary>
    public int Line { get; init; }
}
