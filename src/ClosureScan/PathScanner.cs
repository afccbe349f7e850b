using System.IO.Pipelines;
using ClosureScan.Nar;
using ClosureScan.Scanning;
using ClosureScan.Walking;

namespace ClosureScan;

/// <summary>
/// Scans store paths one after the other: references with their evidence, the census of binaries, the size and on demand
/// the hash of the NAR. One scanner serves one path at a time; its buffers serve all paths, so make one a thread:
/// a second that meets the first in it gets an <see cref="InvalidOperationException"/>. The same tree gives an equal result from disk and from
/// its NAR, however that arrives.
/// </summary>
public sealed class PathScanner
{
    private readonly PathScanVisitor _visitor;
    private bool _isBusy;

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
    /// <exception cref="InvalidOperationException">The scanner is scanning something else.</exception>
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
        using DirectoryReader reader = new(Walking.Disk.DiskReader.Create(), path, new WalkOptions { ComputeNarHash = Options.ComputeNarHash, OnProblem = problems.Add });

        // A reader of disks waits for nothing but the disk, on the caller's thread: the task has ended.
        return ScanAsync(reader, name, cancellationToken: cancellationToken).AsTask().GetAwaiter().GetResult() with { Problems = [.. problems] };
    }

    /// <summary>Scans one NAR; stops exactly behind it.</summary>
    /// <exception cref="NarFormatException">The bytes are no NAR, or it is cut off.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The scanner is scanning something else.</exception>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public async ValueTask<PathScan> ScanNarAsync(PipeReader nar, CancellationToken cancellationToken = default)
    {
        using NarTreeReader reader = new(nar, new NarReaderOptions { ComputeHash = Options.ComputeNarHash });
        return await ScanAsync(reader, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Scans bytes that are no NAR, to the end of the stream, as if they were one file: offsets in the NAR are those that the NAR of
    /// such a file would have.
    /// </summary>
    /// <param name="bytes">The stream. It is not completed.</param>
    /// <param name="name">What to call the file; see <see cref="ScanFile"/>.</param>
    /// <param name="cancellationToken">Stops the scan.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The scanner is scanning something else.</exception>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public async ValueTask<PathScan> ScanStreamAsync(PipeReader bytes, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(name);
        using PlainReader reader = new(bytes);
        return await ScanAsync(reader, name, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Scans what a reader reads from here on, to its end or until <paramref name="pauses"/> says so between two entries; the hash is the reader's.</summary>
    internal async ValueTask<PathScan> ScanAsync(TreeReader reader, string name = "", Func<bool>? pauses = null, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isBusy, true))
        {
            throw new InvalidOperationException("A PathScanner scans one path at a time, and this one is scanning another. Make one a thread.");
        }

        try
        {
            _visitor.Reset(name, cancellationToken);
            return ToScan(await TreeWalk.RunAsync(reader, _visitor, pauses, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            Volatile.Write(ref _isBusy, false);
        }
    }

    private PathScan ToScan(WalkResult result) => new()
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
    };
}
