using System.IO.Pipelines;
using ClosureScan.Nar;
using ClosureScan.Paths;
using ClosureScan.Stores.Compression;

namespace ClosureScan.Stores.BinaryCache;

/// <summary>
/// Reads a compressed NAR on a task of its own, hashes its bytes and hands them on through a pipe, so that decompressing
/// and hashing overlap with scanning. At most <see cref="PauseAt"/> bytes and the decoder's own memory are held.
/// </summary>
internal sealed class NarFeed
{
    private const int BlockSize = 256 * 1024;
    private const int PauseAt = 4 * BlockSize;

    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: PauseAt, resumeWriterThreshold: PauseAt / 2, minimumSegmentSize: BlockSize, useSynchronizationContext: false));

    private readonly Stream _file;
    private readonly CompressionMethod _method;
    private readonly long _limit;
    private readonly Task _task;

    private NarFeed(Stream file, CompressionMethod method, long limit, CancellationToken cancellationToken)
    {
        _file = file;
        _method = method;
        _limit = limit;
        _task = Task.Run(() => RunAsync(cancellationToken), CancellationToken.None);
    }

    /// <summary>The plain bytes. They end early when the source fails or is longer than allowed; see <see cref="CompleteAsync"/>.</summary>
    public PipeReader Reader => _pipe.Reader;

    /// <summary>Bytes that came out, known when the feed has ended.</summary>
    public long Length { get; private set; }

    /// <summary>Their SHA-256, known when the feed has ended.</summary>
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
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        // Nothing escapes from here: a failure is a fact about the source, told when the reader has seen what came before it.
        try
        {
            // Opened here, as some decoders read the header at once: that may fail as well.
            using Stream source = Decoder.Open(_method, _file);
            using BackgroundHash hash = new();
            bool goesOn = true;
            while (goesOn && !cancellationToken.IsCancellationRequested)
            {
                goesOn = Step(source, hash) && !(await _pipe.Writer.FlushAsync(cancellationToken).ConfigureAwait(false)).IsCompleted;
            }

            Hash = hash.Finish();
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
    private bool Step(Stream source, BackgroundHash hash)
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
            hash.Append(block[..count]);
            Length += count;
            _pipe.Writer.Advance(count);
        }

        return count > 0 && !IsTooLong;
    }
}
