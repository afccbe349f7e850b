using System.Collections.Immutable;
using ClosureScan.Containers;

namespace ClosureScan;

/// <summary>How a path is scanned.</summary>
public sealed record ScanOptions
{
    /// <summary>What <c>new ScanOptions()</c> gives.</summary>
    public static ScanOptions Default { get; } = new();

    /// <summary>
    /// How many pieces of evidence for one target in one path get a <see cref="Evidence.ReferenceEvidence.Context"/>. Every file that holds a reference is named
    /// whatever this is, and the first of a mechanism has a context. 64: more than a reviewer reads. 0: none has.
    /// </summary>
    public int MaxContextsPerTarget { get; init; } = 64;

    /// <summary>The same over all targets of one path, save that the first of a mechanism has a context. 16,384: about 3 MiB on hostile input.</summary>
    public int MaxContextsPerPath { get; init; } = 16_384;

    /// <summary>
    /// Whether every occurrence is a piece of evidence of its own, instead of one a file, mechanism, usage and path below the target; of one file the first
    /// 65,536 occurrences are told apart. Off: for a report the first of each kind says enough.
    /// </summary>
    public bool EveryOccurrence { get; init; }

    /// <summary>The directory whose paths <see cref="Deep"/> finds spelled out; at most 255 bytes.</summary>
    public string StoreDirectory { get; init; } = Paths.StorePath.DefaultStoreDirectory;

    /// <summary>Whether to compute the SHA-256 of the path's NAR: a second pass over the bytes in the processor, about 1.8 GB/s with SHA instructions.</summary>
    public bool ComputeNarHash { get; init; }

    /// <summary>
    /// Whether to look into compressed files, containers, images of disks and UTF-16 data, and for store paths that nobody registered and left-over build
    /// directories. A file may expand to 64 MiB and two hundred times its length. Off: it costs more than the plain scan.
    /// </summary>
    public bool Deep { get; init; }

    /// <summary>The compressed formats that <see cref="Deep"/> undoes beside containers: gzip, which the framework has, and lz4. Stores know more.</summary>
    public ImmutableArray<IContentDecoder> Decoders { get; init; } = [new GzipDecoder(), new Lz4Decoder()];
}
