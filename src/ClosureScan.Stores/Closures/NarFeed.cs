using System.IO.Pipelines;
using ClosureScan.Paths;
using ClosureScan.Stores.Caching;

namespace ClosureScan.Stores.Closures;

/// <summary>
/// Reads a stream on the caller's thread and hands its bytes on through a pipe, so that reading and decompressing overlap with hashing
/// and scanning, which are the pipe's reader's. At most <see cref="PauseAt"/> bytes and the decoder's own memory are held.
/// </summary>
/// <remarks>
/// Rejected: a third thread that hashes. It needs a copy of the bytes, and decompressing takes longer than hashing and scanning do
/// together: zstd by 1.0 to 0.7 ns a byte, xz ten times as long.
/// </remarks>
internal sealed class NarFeed : IDisposable
{
    private const int BlockSize = 256 * 1024;
    private const int PauseAt = 4 * BlockSize;

    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: PauseAt, resumeWriterThreshold: PauseAt / 2, minimumSegmentSize: BlockSize, useSynchronizationContext: false));

    private readonly Stream _source;
    private readonly long _limit;
    private readonly HashedReader? _hashed;

    /// <summary>Makes a feed.</summary>
    /// <param name="source">The plain bytes.</param>
    /// <param name="limit">How many there are to be at most: more are refused, so that a small file cannot blow up.</param>
    /// <param name="hashes">Whether to hash what the pipe's reader consumes.</param>
    /// <param name="windows">Who takes the windows of letters of what is hashed; null for nobody.</param>
    public NarFeed(Stream source, long limit, bool hashes, LetterWindows? windows = null)
    {
        _source = source;
        _limit = limit;
        _hashed = hashes ? new HashedReader(_pipe.Reader, windows) : null;
    }

    /// <summary>The bytes. They end early when the source fails or is longer than allowed.</summary>
    public PipeReader Reader => _hashed ?? _pipe.Reader;

    /// <summary>Bytes that came out, known when the feed has ended.</summary>
    public long Length { get; private set; }

    /// <summary>The SHA-256 of those that were consumed; to be asked for once, when the reader has ended.</summary>
    public NarHash? Hash => _hashed?.Finish();

    /// <summary>Whether there were more bytes than allowed; these were not handed on.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Why the source could not be read to its end; null when it was.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Reads the source to its end, or until the pipe's reader has ended or the token says so. Blocks; never throws.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        // Nothing escapes from here: a failure is a fact about the source, told when the reader has seen what came before it.
        try
        {
            while (!cancellationToken.IsCancellationRequested && Step() && Flush(cancellationToken))
            {
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            Failure = exception;
        }

        _pipe.Writer.Complete();
    }

    /// <summary>Frees what hashed. The reader must have ended.</summary>
    public void Dispose() => _hashed?.Dispose();

    /// <summary>Moves one block. False when there is none left.</summary>
    private bool Step()
    {
        Span<byte> block = _pipe.Writer.GetSpan(BlockSize);
        int count = _source.Read(block);
        if (count > _limit - Length)
        {
            count = (int)(_limit - Length);
            IsTooLong = true;
        }

        if (count > 0)
        {
            Length += count;
            _pipe.Writer.Advance(count);
        }

        return count > 0 && !IsTooLong;
    }

    private bool Flush(CancellationToken cancellationToken) => !Blocking.Wait(_pipe.Writer.FlushAsync(cancellationToken)).IsCompleted;
}
