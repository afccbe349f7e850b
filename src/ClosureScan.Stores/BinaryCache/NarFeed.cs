using System.IO.Pipelines;
using ClosureScan.Paths;
using ClosureScan.Stores.Compression;

namespace ClosureScan.Stores.BinaryCache;

/// <summary>
/// Reads a compressed NAR on a task of its own and hands its bytes on through a pipe, so that decompressing overlaps with hashing
/// and scanning, which are the reader's. At most <see cref="PauseAt"/> bytes and the decoder's own memory are held.
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

    private readonly HashedReader _reader;
    private readonly Stream _file;
    private readonly CompressionMethod _method;
    private readonly long _limit;
    private readonly Task _task;

    private NarFeed(Stream file, CompressionMethod method, long limit, CancellationToken cancellationToken)
    {
        _file = file;
        _method = method;
        _limit = limit;
        _reader = new HashedReader(_pipe.Reader);
        _task = Task.Run(() => RunAsync(cancellationToken), CancellationToken.None);
    }

    /// <summary>The plain bytes. They end early when the source fails or is longer than allowed; see <see cref="CompleteAsync"/>.</summary>
    public PipeReader Reader => _reader;

    /// <summary>Bytes that came out, known when the feed has ended.</summary>
    public long Length { get; private set; }

    /// <summary>The SHA-256 of those that were consumed, known when the feed has ended.</summary>
    public NarHash Hash { get; private set; }

    /// <summary>Whether there were more bytes than allowed; these were neither decompressed nor handed on.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Why the source could not be read to its end; null when it was.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Starts to read.</summary>
    /// <param name="file">The compressed bytes; disposed when the feed ends.</param>
    /// <param name="method">How they are compressed.</param>
    /// <param name="limit">How many bytes there are to be: more are refused, so that a small file cannot blow up.</param>
    /// <param name="cancellationToken">Ends the feed.</param>
    public static NarFeed Start(Stream file, CompressionMethod method, long limit, CancellationToken cancellationToken) =>
        new(file, method, limit, cancellationToken);

    /// <summary>Reads and drops what is left.</summary>
    /// <returns>How many bytes that were.</returns>
    public async ValueTask<long> DrainAsync(CancellationToken cancellationToken)
    {
        long length = 0;
        while (true)
        {
            ReadResult result = await Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            length += result.Buffer.Length;
            Reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return length;
            }
        }
    }

    /// <summary>Ends the feed, wherever it is. Never throws.</summary>
    public async ValueTask CompleteAsync()
    {
        await Reader.CompleteAsync().ConfigureAwait(false);
        await _task.ConfigureAwait(false);
        Hash = _reader.Finish();
    }

    /// <summary>Frees what hashed. The feed must have ended.</summary>
    public void Dispose() => _reader.Dispose();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        // Nothing escapes from here: a failure is a fact about the source, told when the reader has seen what came before it.
        try
        {
            // Opened here, as some decoders read the header at once: that may fail as well.
            using Stream source = Decoder.Open(_method, _file);
            bool goesOn = true;
            while (goesOn && !cancellationToken.IsCancellationRequested)
            {
                goesOn = Step(source) && !(await _pipe.Writer.FlushAsync(cancellationToken).ConfigureAwait(false)).IsCompleted;
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception exception)
        {
            Failure = exception;
        }
        finally
        {
            await _file.DisposeAsync().ConfigureAwait(false);
            await _pipe.Writer.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Moves one block. False when there is none left.</summary>
    private bool Step(Stream source)
    {
        Span<byte> block = _pipe.Writer.GetSpan(BlockSize);
        int count = source.Read(block);
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
}
