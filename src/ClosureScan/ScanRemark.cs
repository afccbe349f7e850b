using System.Collections.Immutable;

namespace ClosureScan;

/// <summary>Something that a scan of a path left out and that its reader should know of. The scan is complete nonetheless.</summary>
public sealed record ScanRemark
{
    /// <summary>What was left out.</summary>
    public required ScanRemarkKind Kind { get; init; }

    /// <summary>How many files; of <see cref="ScanRemarkKind.UndeclaredBounded"/> how many occurrences.</summary>
    public required long Count { get; init; }

    /// <summary>The first of the files, paths inside the store path; of some kinds none.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>Whether two remarks say the same.</summary>
    public bool Equals(ScanRemark? other) => other is not null && (Kind, Count) == (other.Kind, other.Count) && Files.SequenceEqual(other.Files);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Count);
}
