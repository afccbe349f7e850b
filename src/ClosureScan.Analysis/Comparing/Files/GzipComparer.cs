using System.IO.Compression;

namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>gzip: the header apart from what is compressed, and both apart from how it was.</summary>
internal static class GzipComparer
{
    /// <summary>What a compressed file may grow to, so that a small one cannot fill the memory.</summary>
    private const int MaxContents = 64 * 1024 * 1024;

    private const int HeaderLength = 10;

    public static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes.Length > HeaderLength && bytes is [0x1f, 0x8b, 8, ..];

    public static void Compare(FilePair pair, FileVerdict verdict, Func<FilePair, FileVerdict> compare)
    {
        if (Decompress(pair.Cross.Bytes) is not { } cross || Decompress(pair.Native.Bytes) is not { } native)
        {
            ByteComparer.Compare(pair, verdict);
            return;
        }

        if (!Header(pair.Cross.Bytes).SequenceEqual(Header(pair.Native.Bytes)))
        {
            verdict.Mask(VolatileFields.GzipHeader);
        }

        verdict.Add(compare(pair.Inside("", cross, native)));
        if (cross.AsSpan().SequenceEqual(native) && !Body(pair.Cross.Bytes).SequenceEqual(Body(pair.Native.Bytes)))
        {
            verdict.Mask(VolatileFields.GzipCompression);
        }
    }

    private static ReadOnlySpan<byte> Header(byte[] bytes) => bytes.AsSpan(0, HeaderEnd(bytes));

    private static ReadOnlySpan<byte> Body(byte[] bytes) => bytes.AsSpan(HeaderEnd(bytes));

    /// <summary>Where the compressed bytes begin (RFC 1952): behind ten bytes, an extra field, a name and a comment.</summary>
    private static int HeaderEnd(ReadOnlySpan<byte> bytes)
    {
        const int Extra = 4, Name = 8, Comment = 16, Checksum = 2;
        int flags = bytes[3];
        int end = HeaderLength;
        if ((flags & Extra) != 0 && end + 2 <= bytes.Length)
        {
            end += 2 + bytes[end] + (bytes[end + 1] << 8);
        }

        foreach (int text in (ReadOnlySpan<int>)[Name, Comment])
        {
            if ((flags & text) != 0 && end < bytes.Length)
            {
                int length = bytes[end..].IndexOf((byte)0);
                end = length < 0 ? bytes.Length : end + length + 1;
            }
        }

        return Math.Min(bytes.Length, end + ((flags & Checksum) != 0 ? 2 : 0));
    }

    private static byte[]? Decompress(byte[] bytes)
    {
        try
        {
            using GZipStream stream = new(new MemoryStream(bytes), CompressionMode.Decompress);
            return BoundedRead.All(stream, MaxContents);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
