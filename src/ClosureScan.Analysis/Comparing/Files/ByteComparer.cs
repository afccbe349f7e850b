using System.Globalization;

namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>Compares contents of no known format: how long they are, and where they begin to differ.</summary>
internal static class ByteComparer
{
    public static void Compare(FilePair pair, FileVerdict verdict)
    {
        ReadOnlySpan<byte> cross = pair.Cross.Common;
        ReadOnlySpan<byte> native = pair.Native.Common;
        int first = cross.CommonPrefixLength(native);
        int differing = Math.Abs(cross.Length - native.Length);
        for (int index = 0; index < Math.Min(cross.Length, native.Length); index++)
        {
            differing += cross[index] == native[index] ? 0 : 1;
        }

        verdict.Add(new Difference
        {
            Kind = DifferenceKind.Bytes,
            File = pair.File,
            Cross = Size(pair.Cross.Bytes.Length),
            Native = Size(pair.Native.Bytes.Length),
            Meaning = string.Create(CultureInfo.InvariantCulture, $"{differing} bytes differ, the first at byte {first}"),
        });
    }

    public static string Size(long length) => string.Create(CultureInfo.InvariantCulture, $"{length} bytes");
}
