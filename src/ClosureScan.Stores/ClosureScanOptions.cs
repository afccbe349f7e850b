using ClosureScan.Stores.Caching;
using ClosureScan.Stores.Compression;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosureScan.Stores;

/// <summary>How a closure is scanned.</summary>
public sealed record ClosureScanOptions
{
    /// <summary>What <c>new ClosureScanOptions()</c> gives.</summary>
    public static ClosureScanOptions Default { get; } = new();

    /// <summary>How many paths are read at once, at least 1, each by a thread of its own. The number of processors: scanning is bound by memory, decompression and hashing by the processor.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>How each path is scanned. With <see cref="ScanOptions.Deep"/> all of <see cref="ContentDecoders.All"/> are used beside those it names.</summary>
    public ScanOptions Scan { get; init; } = ScanOptions.Default;

    /// <summary>Whether to leave the contents unread: the graph is then known, sides and evidence are not. Where the store knows no references, contents are read all the same.</summary>
    public bool MetadataOnly { get; init; }

    /// <summary>
    /// Whether size and hash of every path are compared with what the store claims. Off: it costs more than the scan itself.
    /// Binary caches are verified always, as their files do get damaged and mixed up.
    /// </summary>
    public bool VerifyHashes { get; init; }

    /// <summary>
    /// What earlier scans found, and where this one puts what it finds; null to read everything. Of a store behind a network alone, whose NARs are hashed
    /// anyway: what lies on this machine is read anew each time.
    /// </summary>
    public FactsCache? Cache { get; init; }

    /// <summary>Told of each path that was scanned, and of what could not be read of it, as it happens; the result tells the latter too.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>How each path is scanned, with all decoders that a deep scan has.</summary>
    internal ScanOptions ScanOptions => Scan with { Decoders = ContentDecoders.AddTo(Scan.Decoders) };
}
