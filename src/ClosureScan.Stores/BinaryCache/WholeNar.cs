using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using ClosureScan.Nar;
using ClosureScan.Paths;
using ClosureScan.Stores.Compression;
using Microsoft.Win32.SafeHandles;

namespace ClosureScan.Stores.BinaryCache;

/// <summary>
/// Scans a NAR of moderate size that is as it should be: decompressed into one buffer, hashed and scanned where it lies. Most paths
/// of a closure are so small that handing blocks from thread to thread would cost more than all else.
/// </summary>
internal static class WholeNar
{
    /// <summary>The longest NAR, and the longest compressed file, that is worth it, in bytes: two buffers of this size a job.</summary>
    public const int MaxLength = 2 * 1024 * 1024;

    /// <summary>
    /// Scans the NAR in <paramref name="file"/>. Null when anything at all is wrong with it: <see cref="NarFeed"/> and what reads
    /// it then tell what.
    /// </summary>
    /// <param name="file">The file, which is read by offsets.</param>
    /// <param name="fileSize">Its length in bytes, at most <see cref="MaxLength"/>.</param>
    /// <param name="method">How it is compressed.</param>
    /// <param name="size">How long the NAR is to be in bytes, at most <see cref="MaxLength"/>.</param>
    /// <param name="claimed">What its SHA-256 is to be.</param>
    /// <param name="scanner">Who scans it.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    public static async ValueTask<PathScan?> TryScanAsync(
        SafeFileHandle file,
        int fileSize,
        CompressionMethod method,
        int size,
        NarHash claimed,
        PathScanner scanner,
        CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(size + 1);
        try
        {
            // One byte more than there are to be, so that a longer one is noticed.
            int length = Decode(file, fileSize, method, buffer.AsSpan(0, size + 1));
            if (length != size || new NarHash(SHA256.HashData(buffer.AsSpan(0, size))) != claimed)
            {
                return null;
            }

            PipeReader nar = PipeReader.Create(new ReadOnlySequence<byte>(buffer, 0, size));
            PathScan scan = await scanner.ScanNarAsync(nar, cancellationToken).ConfigureAwait(false);
            return scan.NarSize == size ? scan with { NarHash = claimed } : null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever a decoder throws: the careful way meets it again, and knows how to tell it.
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Fills <paramref name="plain"/> as far as there are bytes, and returns how many.</summary>
    private static int Decode(SafeFileHandle file, int fileSize, CompressionMethod method, Span<byte> plain)
    {
        if (method == CompressionMethod.None)
        {
            return Read(file, plain);
        }

        byte[] compressed = ArrayPool<byte>.Shared.Rent(fileSize);
        try
        {
            int length = Read(file, compressed.AsSpan(0, fileSize));
            if (method == CompressionMethod.Zstd && Libzstd.IsAvailable)
            {
                return Libzstd.DecompressWhole(compressed.AsSpan(0, length), plain);
            }

            using Stream source = Decoder.Open(method, new MemoryStream(compressed, 0, length));
            return source.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(compressed);
        }
    }

    private static int Read(SafeFileHandle file, Span<byte> destination)
    {
        int total = 0;
        while (total < destination.Length && RandomAccess.Read(file, destination[total..], total) is > 0 and int count)
        {
            total += count;
        }

        return total;
    }
}
