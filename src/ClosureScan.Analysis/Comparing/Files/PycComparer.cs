namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>Python byte code: 16 bytes of magic, flags and the time and size or the hash of the source, then the code (PEP 552).</summary>
internal static class PycComparer
{
    private const int HeaderLength = 16;

    public static bool IsPyc(string file, ReadOnlySpan<byte> bytes) =>
        file.EndsWith(".pyc", StringComparison.Ordinal) && bytes.Length > HeaderLength && bytes[2] == '\r' && bytes[3] == '\n';

    public static void Compare(FilePair pair, FileVerdict verdict)
    {
        byte[] cross = pair.Cross.Bytes;
        byte[] native = pair.Native.Bytes;
        if (!cross.AsSpan(0, HeaderLength).SequenceEqual(native.AsSpan(0, HeaderLength)) && cross.AsSpan(0, 4).SequenceEqual(native.AsSpan(0, 4)))
        {
            verdict.Mask(VolatileFields.PycHeader);
            pair = pair.Inside("", cross[HeaderLength..], native[HeaderLength..]);
        }

        if (!pair.Cross.Common.AsSpan().SequenceEqual(pair.Native.Common))
        {
            ByteComparer.Compare(pair, verdict);
        }
    }
}
