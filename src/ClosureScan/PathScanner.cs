using System.IO.Pipelines;
using ClosureScan.Nar;
using ClosureScan.Scanning;
using ClosureScan.Walking;

namespace ClosureScan;

/// <summary>
/// Scans store paths one after the other: references with their evidence, the census of binaries, the size and on demand
/// the hash of the NAR. One scanner serves one path at a time; its buffers serve all paths, so make one a worker.
/// The same tree gives the same result from disk and from its NAR, save that of a file of more than 16 MiB a stream may
/// keep too little to name the section of a hit.
/// </summary>
public sealed class PathScanner
{
    private readonly PathScanVisitor _visitor;

    /// <summary>Makes a scanner.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of the bounds in <paramref name="options"/> is negative.</exception>
    public PathScanner(ReferenceSet references, ScanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(references);
        References = references;
        Options = options ?? ScanOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(Options.MaxContextsPerTarget, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(Options.MaxContextsPerPath, nameof(options));
        _visitor = new PathScanVisitor(references, Options);
    }

    /// <summary>What is searched for.</summary>
    public ReferenceSet References { get; }

    /// <summary>How it is searched.</summary>
    public ScanOptions Options { get; }

    /// <summary>
    /// Scans a file, symlink or directory on disk. Blocks on the disk: call it from a worker.
    /// What cannot be read, the path itself included, is in <see cref="PathScan.Problems"/>.
    /// </summary>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public PathScan ScanDirectory(string path, CancellationToken cancellationToken = default) => ScanFile(path, "", cancellationToken);

    /// <summary>
    /// Scans a file on disk that need not be a store path, as <see cref="ScanDirectory"/> does, and calls it
    /// <paramref name="name"/> in its evidence.
    /// </summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="name">Its path inside a store path, or its mere name. What mechanism a text is depends on it: <c>lib/pkgconfig/zlib.pc</c>.</param>
    /// <param name="cancellationToken">Stops the scan.</param>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public PathScan ScanFile(string path, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        List<ScanProblem> problems = [];
        WalkOptions options = new() { ComputeNarHash = Options.ComputeNarHash, OnProblem = problems.Add };
        _visitor.Reset(name, cancellationToken);
        WalkResult result = DirectoryWalk.Run(path, _visitor, options, cancellationToken);
        return ToScan(result, problems);
    }

    /// <summary>Scans one NAR; stops exactly behind it.</summary>
    /// <exception cref="NarFormatException">The bytes are no NAR, or it is cut off.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public async ValueTask<PathScan> ScanNarAsync(PipeReader nar, CancellationToken cancellationToken = default)
    {
        WalkOptions options = new() { ComputeNarHash = Options.ComputeNarHash };
        _visitor.Reset(cancellation: cancellationToken);
        WalkResult result = await NarWalk.RunAsync(nar, _visitor, options, cancellationToken).ConfigureAwait(false);
        return ToScan(result, []);
    }

    /// <summary>
    /// Scans bytes that are no NAR, to the end of the stream, as if they were one file: offsets in the NAR are those that the NAR of
    /// such a file would have. Files of more than 16 MiB are kept in part only, which may cost evidence its section and context.
    /// </summary>
    /// <param name="bytes">The stream. It is not completed.</param>
    /// <param name="name">What to call the file; see <see cref="ScanFile"/>.</param>
    /// <param name="cancellationToken">Stops the scan.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public async ValueTask<PathScan> ScanStreamAsync(PipeReader bytes, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(name);
        _visitor.Reset(name, cancellationToken);
        using PlainReader reader = new(bytes);
        return ToScan(await TreeWalk.RunAsync(reader, _visitor, cancellationToken).ConfigureAwait(false), []);
    }

    /// <summary>Scans what a reader reads from here on; the hash is the reader's.</summary>
    internal async ValueTask<PathScan> ScanAsync(TreeReader reader, CancellationToken cancellationToken)
    {
        _visitor.Reset(cancellation: cancellationToken);
        return ToScan(await TreeWalk.RunAsync(reader, _visitor, cancellationToken).ConfigureAwait(false), []);
    }

    private PathScan ToScan(WalkResult result, List<ScanProblem> problems) => new()
    {
        NarSize = result.NarSize,
        NarHash = result.NarHash,
        FileCount = _visitor.FileCount,
        ByteCount = _visitor.ByteCount,
        References = _visitor.DrainReferences(),
        Platforms = _visitor.DrainPlatforms(),
        Undeclared = _visitor.DrainUndeclared(),
        Hidden = _visitor.DrainHidden(),
        BuildPaths = _visitor.DrainBuildPaths(),
        Scrubbed = _visitor.DrainScrubbed(),
        Opaque = _visitor.DrainOpaque(),
        Remarks = _visitor.DrainRemarks(),
        Problems = [.. problems],
    };
}
