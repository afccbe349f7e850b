using System.IO.Compression;
using ClosureScan.Stores.Compression;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Compression;

/// <summary>Bytes compressed by the programs that made the formats, and the decoders under test by name.</summary>
internal static class CompressedSample
{
    /// <summary>What most tests compress.</summary>
    public const string Path = "/nix/store/0c1p30gf9y49nq93dxkcr2xjiv0hmjak-bash-5.2p37";

    /// <summary>A text of 330 kB: more than a decoder gives at once.</summary>
    public static byte[] Text { get; } = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"see {Path}/bin\n", 5000)));

    /// <summary>Bytes that compress to more than a decoder takes at once.</summary>
    public static byte[] Noise { get; } = MakeNoise();

    /// <summary>Compresses.</summary>
    /// <param name="decoder">The name of a decoder that undoes it.</param>
    /// <param name="contents">The bytes; for lzip only <see cref="Text"/>.</param>
    public static byte[] Make(string decoder, byte[] contents)
    {
        switch (decoder)
        {
            case "gzip" when contents.Length == 0:
                // The framework writes nothing at all for nothing; gzip writes a header, no contents, their checksum and length.
                return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            case "gzip":
                return Write(contents, stream => new GZipStream(stream, CompressionLevel.Optimal));
            case "br":
                return Write(contents, stream => new BrotliStream(stream, CompressionLevel.Fastest));
            case "lzip":
                // By lzip 1.23 of Text; the program is seldom installed.
                Assert.Same(Text, contents);
                return Convert.FromBase64String(LzipOfText);
            default:
                using (TemporaryTree tree = new TemporaryTree().File("contents", contents))
                {
                    string tool = decoder.Split('-')[0];
                    return ToolRun.Execute(RequiredTool.Find(tool), ["-c", tree.PathOf("contents")]).Output.ToArray();
                }
        }
    }

    /// <summary>Opens a decoder by name; <c>-managed</c> is what a machine without the native library uses.</summary>
    public static Stream Open(string decoder, Stream source)
    {
        if (decoder is "xz" or "zstd" && !(decoder == "xz" ? Liblzma.IsAvailable : Libzstd.IsAvailable))
        {
            RequiredTool.Missing($"the library of {decoder}");
        }

        return decoder switch
        {
            "xz-managed" => Decoder.OpenManagedXz(source),
            "zstd-managed" => Decoder.OpenManagedZstd(source),
            _ => Decoder.Open(CompressionMethods.TryParse(decoder, out CompressionMethod method) ? method : throw new ArgumentException(decoder), source),
        };
    }

    /// <summary>All that a decoder gives.</summary>
    public static byte[] Decode(string decoder, Stream source)
    {
        using Stream stream = Open(decoder, source);
        using MemoryStream contents = new();
        stream.CopyTo(contents);
        return contents.ToArray();
    }

    private static byte[] MakeNoise()
    {
        byte[] bytes = new byte[400_000];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Write(byte[] contents, Func<Stream, Stream> open)
    {
        using MemoryStream compressed = new();
        using (Stream stream = open(compressed))
        {
            stream.Write(contents);
        }

        return compressed.ToArray();
    }

    private const string LzipOfText = "TFpJUAHTADmZbEAvORxI3VDlbys0FlWLg6itSxgPg8YmC+8qikr/NDkMnOn7oo7y2PnRawTCrjJYmYPWxUbFp11NNbbcxI9idq+yCEAf7ODXl5JEEndpR/205oog14dztaMh7/+lDnbUUlOeU2JNSj43iN+dVoDVn7ez/M1HyM4KVRgIM1hUgsRfFtn2fYRraIn0PnRGYhemJNqWbWU1rlsgQvndUz34KWQJO4DLKmzftTvwxLUDCAiW///4CgAAYghlAADiBAAAAAAA1AAAAAAAAAA=";
}
