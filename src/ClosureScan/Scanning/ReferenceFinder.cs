using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using ClosureScan.Paths;

namespace ClosureScan.Scanning;

/// <summary>
/// Finds references in any bytes, wherever they come from: hashes that are looked for, as Nix finds them (32 characters of base 32, whatever stands
/// around them), or store paths that nobody told, spelled out whole. The simple way to ask; it gathers its answers. What must not allocate
/// uses a <see cref="ReferenceScanner"/> or a <see cref="StorePathFinder"/> with a sink. All methods may be called from several threads at once.
/// </summary>
/// <example>
/// <code>
/// ReferenceSet wanted = ReferenceSet.Create([StorePath.Parse("/nix/store/d72f2ldg4c8i1zc7kpjivmsk785pbj1d-bash-5.2p26")]);
/// foreach (ReferenceHit hit in ReferenceFinder.Find(File.ReadAllBytes("bin/start"), wanted))
///     Console.WriteLine($"{hit.Target} at byte {hit.Offset}");
/// </code>
/// </example>
public static class ReferenceFinder
{
    /// <summary>Every place that holds a hash of <paramref name="wanted"/>, in order. Cost: reads the bytes once, at the speed of memory.</summary>
    public static ImmutableArray<ReferenceHit> Find(ReadOnlySpan<byte> bytes, ReferenceSet wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        Hits hits = new(wanted);
        new ReferenceScanner(wanted).ScanWhole(bytes, ref hits);
        return hits.Take();
    }

    /// <summary>The same in bytes that lie in pieces: a hash may reach from one into the next.</summary>
    public static ImmutableArray<ReferenceHit> Find(in ReadOnlySequence<byte> bytes, ReferenceSet wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        Hits hits = new(wanted);
        ReferenceScanner scanner = new(wanted);
        foreach (ReadOnlyMemory<byte> piece in bytes)
        {
            scanner.Scan(piece.Span, ref hits);
        }

        return hits.Take();
    }

    /// <summary>The same in what a pipe delivers, as it is delivered. The pipe is read to its end and not completed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or a pending read of the pipe.</exception>
    public static async IAsyncEnumerable<ReferenceHit> FindAsync(
        PipeReader bytes, ReferenceSet wanted, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(wanted);
        Hits hits = new(wanted);
        ReferenceScanner scanner = new(wanted);
        for (bool isEnd = false; !isEnd;)
        {
            ReadResult read = await ReadAsync(bytes, cancellationToken).ConfigureAwait(false);
            foreach (ReadOnlyMemory<byte> piece in read.Buffer)
            {
                scanner.Scan(piece.Span, ref hits);
            }

            bytes.AdvanceTo(read.Buffer.End);
            isEnd = read.IsCompleted;
            foreach (ReferenceHit hit in hits.Take())
            {
                yield return hit;
            }
        }
    }

    /// <summary>The same in a stream, from where it stands to its end. The stream is left open.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IAsyncEnumerable<ReferenceHit> FindAsync(Stream bytes, ReferenceSet wanted, CancellationToken cancellationToken = default) =>
        FindAsync(PipeReader.Create(bytes, LeaveOpen), wanted, cancellationToken);

    /// <summary>Every store path that the bytes spell out, in order: <c>/nix/store/…-name</c>.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="storeDirectory">Where the store is that the paths name.</param>
    public static ImmutableArray<StorePathHit> FindStorePaths(ReadOnlySpan<byte> bytes, string storeDirectory = StorePath.DefaultStoreDirectory)
    {
        SpelledOut paths = new(storeDirectory);
        StorePathFinder finder = new(storeDirectory);
        finder.Scan(bytes, ref paths);
        finder.Complete(ref paths);
        return paths.Take();
    }

    /// <summary>The same in bytes that lie in pieces.</summary>
    public static ImmutableArray<StorePathHit> FindStorePaths(in ReadOnlySequence<byte> bytes, string storeDirectory = StorePath.DefaultStoreDirectory)
    {
        SpelledOut paths = new(storeDirectory);
        StorePathFinder finder = new(storeDirectory);
        foreach (ReadOnlyMemory<byte> piece in bytes)
        {
            finder.Scan(piece.Span, ref paths);
        }

        finder.Complete(ref paths);
        return paths.Take();
    }

    /// <summary>The same in what a pipe delivers. The pipe is read to its end and not completed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or a pending read of the pipe.</exception>
    public static async IAsyncEnumerable<StorePathHit> FindStorePathsAsync(
        PipeReader bytes, string storeDirectory = StorePath.DefaultStoreDirectory, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        SpelledOut paths = new(storeDirectory);
        StorePathFinder finder = new(storeDirectory);
        for (bool isEnd = false; !isEnd;)
        {
            ReadResult read = await ReadAsync(bytes, cancellationToken).ConfigureAwait(false);
            foreach (ReadOnlyMemory<byte> piece in read.Buffer)
            {
                finder.Scan(piece.Span, ref paths);
            }

            bytes.AdvanceTo(read.Buffer.End);
            isEnd = read.IsCompleted;
            if (isEnd)
            {
                finder.Complete(ref paths);
            }

            foreach (StorePathHit hit in paths.Take())
            {
                yield return hit;
            }
        }
    }

    /// <summary>The same in a stream, from where it stands to its end. The stream is left open.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IAsyncEnumerable<StorePathHit> FindStorePathsAsync(
        Stream bytes, string storeDirectory = StorePath.DefaultStoreDirectory, CancellationToken cancellationToken = default) =>
        FindStorePathsAsync(PipeReader.Create(bytes, LeaveOpen), storeDirectory, cancellationToken);

    private static StreamPipeReaderOptions LeaveOpen { get; } = new(bufferSize: 64 * 1024, leaveOpen: true);

    private static async ValueTask<ReadResult> ReadAsync(PipeReader bytes, CancellationToken cancellationToken)
    {
        ReadResult read = await bytes.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (read.IsCanceled)
        {
            bytes.AdvanceTo(read.Buffer.Start);
            throw new OperationCanceledException("The pending read of the pipe was cancelled.");
        }

        return read;
    }

    private readonly struct Hits(ReferenceSet wanted) : IReferenceSink
    {
        private readonly ImmutableArray<ReferenceHit>.Builder _found = ImmutableArray.CreateBuilder<ReferenceHit>();

        public void OnReference(int index, long offset) => _found.Add(new ReferenceHit(wanted.Hashes[index], offset));

        public ImmutableArray<ReferenceHit> Take() => _found.DrainToImmutable();
    }

    private readonly struct SpelledOut(string storeDirectory) : IStorePathSink
    {
        private readonly ImmutableArray<StorePathHit>.Builder _found = ImmutableArray.CreateBuilder<StorePathHit>();

        public void OnStorePath(StorePathHash hash, ReadOnlySpan<byte> name, long offset)
        {
            // A name that no path may have (it begins with a dot, say) is text.
            if (StorePath.TryParseBaseName(storeDirectory, $"{hash}-{System.Text.Encoding.ASCII.GetString(name)}", out StorePath? path))
            {
                _found.Add(new StorePathHit(path, offset));
            }
        }

        public void OnScrubbedPath(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> name, long offset)
        {
        }

        public ImmutableArray<StorePathHit> Take() => _found.DrainToImmutable();
    }
}
