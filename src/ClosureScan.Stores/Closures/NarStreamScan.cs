using System.Buffers;
using System.IO.Pipelines;
using ClosureScan.Nar;
using ClosureScan.Paths;
using ClosureScan.Stores.Caching;

namespace ClosureScan.Stores.Closures;

/// <summary>
/// Scans a NAR that comes as a stream. The stream is read, and with it decompressed, on the caller's thread, which may block; what
/// it gives is hashed and scanned on the thread pool at the same time.
/// </summary>
internal static class NarStreamScan
{
    /// <summary>The longest NAR that is read whole first, in bytes: most are so short that handing blocks from thread to thread costs more than all else.</summary>
    private const int LongestWhole = 2 * 1024 * 1024;

    /// <summary>Reads <paramref name="stream"/> to its end and scans the NAR that it begins with. Blocks.</summary>
    /// <param name="stream">The plain bytes.</param>
    /// <param name="size">How many there are to be, or fewer; null when nobody says.</param>
    /// <param name="hashes">Whether to hash them.</param>
    /// <param name="scanner">Who scans.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    /// <param name="windows">Who takes the windows of letters of what is hashed; null for nobody.</param>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public static NarRead Run(Stream stream, long? size, bool hashes, PathScanner scanner, CancellationToken cancellationToken, LetterWindows? windows = null) =>
        size <= LongestWhole
            ? ReadWhole(stream, (int)size.Value, hashes, scanner, windows, cancellationToken)
            : ReadInBlocks(stream, size ?? long.MaxValue, hashes, scanner, windows, cancellationToken);

    private static NarRead ReadWhole(Stream stream, int size, bool hashes, PathScanner scanner, LetterWindows? windows, CancellationToken cancellationToken)
    {
        // One byte more than there are to be, so that a longer one is noticed.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(size + 1);
        try
        {
            int length = 0;
            Exception? failure = null;
            try
            {
                Fill(stream, buffer.AsSpan(0, size + 1), cancellationToken, ref length);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failure = exception;
            }

            bool isTooLong = length > size;
            length = Math.Min(length, size);
            NarHash? hash = hashes ? new NarHash(Sha256.Of(buffer.AsSpan(0, length))) : null;
            windows?.Take(buffer.AsSpan(0, length));
            PipeReader nar = PipeReader.Create(new ReadOnlySequence<byte>(buffer, 0, length));
            (PathScan? scan, NarFormatException? malformed) = Blocking.Wait(ScanAsync(nar, scanner, cancellationToken));
            return new NarRead { Scan = scan, Malformed = malformed, Length = length, Hash = hash, IsTooLong = isTooLong, Failure = failure };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Fill(Stream stream, Span<byte> buffer, CancellationToken cancellationToken, ref int length)
    {
        int count;
        while (length < buffer.Length && (count = stream.Read(buffer[length..])) > 0)
        {
            length += count;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static NarRead ReadInBlocks(Stream stream, long limit, bool hashes, PathScanner scanner, LetterWindows? windows, CancellationToken cancellationToken)
    {
        using NarFeed feed = new(stream, limit, hashes, windows);
        ValueTask<(PathScan?, NarFormatException?)> scanning = ScanToEndAsync(feed.Reader, scanner, cancellationToken);
        feed.Run(cancellationToken);
        (PathScan? scan, NarFormatException? malformed) = Blocking.Wait(scanning);
        return new NarRead { Scan = scan, Malformed = malformed, Length = feed.Length, Hash = feed.Hash, IsTooLong = feed.IsTooLong, Failure = feed.Failure };
    }

    // Read to the end also behind a malformed place: whether the hash is right tells whether the bytes were damaged later.
    private static async ValueTask<(PathScan?, NarFormatException?)> ScanToEndAsync(PipeReader nar, PathScanner scanner, CancellationToken cancellationToken)
    {
        try
        {
            (PathScan?, NarFormatException?) result = await ScanAsync(nar, scanner, cancellationToken).ConfigureAwait(false);
            ReadResult read;
            do
            {
                read = await nar.ReadAsync(cancellationToken).ConfigureAwait(false);
                nar.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted);
            return result;
        }
        finally
        {
            await nar.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static async ValueTask<(PathScan?, NarFormatException?)> ScanAsync(PipeReader nar, PathScanner scanner, CancellationToken cancellationToken)
    {
        try
        {
            using NarTreeReader reader = new(nar);
            return (await scanner.ScanAsync(reader, cancellationToken: cancellationToken).ConfigureAwait(false), null);
        }
        catch (NarFormatException exception)
        {
            return (null, exception);
        }
    }
}
