using System.Collections.Immutable;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan;

/// <summary>Everything that one pass over a path's bytes told. Immutable; may be shared between threads.</summary>
public sealed record PathScan
{
    /// <summary>The length of the path's NAR in bytes, as read or as computed from the directory.</summary>
    public required long NarSize { get; init; }

    /// <summary>The SHA-256 of the NAR, when <see cref="ScanOptions.ComputeNarHash"/> was set or the source had to be verified.</summary>
    public NarHash? NarHash { get; init; }

    /// <summary>Regular files read.</summary>
    public required long FileCount { get; init; }

    /// <summary>Bytes of file contents read.</summary>
    public required long ByteCount { get; init; }

    /// <summary>What was found, sorted by target.</summary>
    public ImmutableArray<FoundReference> References { get; init; } = [];

    /// <summary>The census of binaries and scripts, most files first.</summary>
    public ImmutableArray<PlatformTally> Platforms { get; init; } = [];

    /// <summary>Store paths that the bytes name in full and that are not in the set searched for; only with <see cref="ScanOptions.Deep"/>.</summary>
    public ImmutableArray<FoundReference> Undeclared { get; init; } = [];

    /// <summary>
    /// References inside compressed or UTF-16 data, where Nix does not look, sorted by target; only with <see cref="ScanOptions.Deep"/>.
    /// Members of archives count as files.
    /// </summary>
    public ImmutableArray<FoundReference> Hidden { get; init; } = [];

    /// <summary>
    /// Names of directories that were there while the path was built (<c>/build/source</c>, <c>/tmp/nix-build-…</c>): the offset is that of
    /// the name's slash, and the whole name is in <see cref="ReferenceEvidence.SubPath"/>; only with <see cref="ScanOptions.Deep"/>.
    /// </summary>
    internal FoundText BuildPaths { get; init; } = FoundText.None;

    /// <summary>
    /// Store paths whose hash a tool has made unusable, so that they refer to nothing: 32 times <c>e</c>, a hash in capitals, or the
    /// hash of a declared path backwards. The offset is that of the hash; only with <see cref="ScanOptions.Deep"/>.
    /// </summary>
    internal FoundText Scrubbed { get; init; } = FoundText.None;

    /// <summary>
    /// Containers and compressed files that were not looked into, or not to their end, and hold files of their own: images, archives, initial RAM disks. Without
    /// <see cref="ScanOptions.Deep"/> all of them; of compressed files only the largest is examined then. They do not make the scan incomplete by themselves.
    /// </summary>
    public ImmutableArray<OpaqueFile> Opaque { get; init; } = [];

    /// <summary>What was left out of the census or of a deep search. It does not make the scan incomplete.</summary>
    public ImmutableArray<ScanRemark> Remarks { get; init; } = [];

    /// <summary>What could not be read, or looked malformed. Not empty means that the scan of this path is incomplete.</summary>
    public ImmutableArray<ScanProblem> Problems { get; init; } = [];

    /// <summary>What was found of one target; null when nothing was. O(log references).</summary>
    public FoundReference? FindReference(StorePathHash target)
    {
        int low = 0;
        int high = References.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = References[middle].Target.CompareTo(target);
            if (order == 0)
            {
                return References[middle];
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <summary>Whether two scans say the same: two of one tree do, whatever they were read from.</summary>
    public bool Equals(PathScan? other) =>
        other is not null
        && (NarSize, NarHash, FileCount, ByteCount) == (other.NarSize, other.NarHash, other.FileCount, other.ByteCount)
        && References.SequenceEqual(other.References)
        && Platforms.SequenceEqual(other.Platforms)
        && Undeclared.SequenceEqual(other.Undeclared)
        && Hidden.SequenceEqual(other.Hidden)
        && BuildPaths == other.BuildPaths
        && Scrubbed == other.Scrubbed
        && Opaque.SequenceEqual(other.Opaque)
        && Remarks.SequenceEqual(other.Remarks)
        && Problems.SequenceEqual(other.Problems);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(NarSize, NarHash, FileCount, ByteCount, References.Length);
}
