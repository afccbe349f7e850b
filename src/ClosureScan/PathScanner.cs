using System.IO.Pipelines;
using ClosureScan.Scanning;

namespace ClosureScan;

/// <summary>
/// Scans store paths one after the other: references with their evidence, the census of binaries, the size and on demand
/// the hash of the NAR. One scanner works on one thread; its buffers serve all paths, so make one a worker.
/// </summary>
public sealed class PathScanner
{
    /// <summary>Makes a scanner.</summary>
    public PathScanner(ReferenceSet references, ScanOptions? options = null)
    {
        References = references;
        Options = options ?? ScanOptions.Default;
    }

    /// <summary>What is searched for.</summary>
    public ReferenceSet References { get; }

    /// <summary>How it is searched.</summary>
    public ScanOptions Options { get; }

    /// <summary>Scans a file, symlink or directory on disk. Blocks on the disk: call it from a worker.</summary>
    public PathScan ScanDirectory(string path, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Scans one NAR; stops exactly behind it.</summary>
    public ValueTask<PathScan> ScanNarAsync(PipeReader nar, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
