using ClosureScan.Stores.Compression;
using ClosureScan.Testing;
using static ClosureScan.Stores.Tests.Compression.CompressedSample;

namespace ClosureScan.Stores.Tests.Compression;

/// <summary>That every decoder undoes what the format's own program made, and passes nothing damaged.</summary>
public sealed class DecoderTests
{
    public static TheoryData<string> Decoders => ["xz", "xz-managed", "zstd", "zstd-managed", "bzip2", "gzip", "br", "lzip"];

    public static TheoryData<string> DecodersOfConcatenation => ["xz", "xz-managed", "zstd", "zstd-managed", "bzip2", "gzip", "lzip"];

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Contents_come_back(string decoder)
    {
        byte[][] all = decoder == "lzip" ? [Text] : [[], [1], Text, Noise];
        foreach (byte[] contents in all)
        {
            Assert.Equal(contents, Decode(decoder, new MemoryStream(Make(decoder, contents))));
        }
    }

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Contents_come_back_from_a_source_that_gives_little_at_once(string decoder)
    {
        byte[] compressed = Make(decoder, Text);

        Assert.Equal(Text, Decode(decoder, new FragmentingStream(compressed, [3])));
    }

    [Theory]
    [MemberData(nameof(DecodersOfConcatenation))]
    public void Several_files_one_after_the_other_are_one(string decoder)
    {
        byte[] compressed = Make(decoder, Text);

        Assert.Equal([.. Text, .. Text, .. Text], Decode(decoder, new MemoryStream([.. compressed, .. compressed, .. compressed])));
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("zstd-managed")]
    public void Frames_to_be_skipped_are(string decoder)
    {
        byte[] compressed = Make(decoder, Text);
        byte[] skipped = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];

        Assert.Equal([.. Text, .. Text], Decode(decoder, new MemoryStream([.. compressed, .. skipped, .. compressed, .. skipped])));
    }

    [Theory]
    [InlineData("xz")]
    [InlineData("xz-managed")]
    [InlineData("zstd")]
    [InlineData("zstd-managed")]
    [InlineData("bzip2")]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("lzip")]
    public void Cut_off_data_are_damage_wherever_they_end(string decoder)
    {
        byte[] compressed = Make(decoder, Text);
        for (int length = 1; length < compressed.Length; length += Math.Max(1, compressed.Length / 30))
        {
            Assert.Throws<InvalidDataException>(() => Decode(decoder, new MemoryStream(compressed, 0, length)));
        }
    }

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Other_data_are_damage(string decoder) =>
        Assert.Throws<InvalidDataException>(() => Decode(decoder, new MemoryStream("these are no compressed data, whatever they are called"u8.ToArray())));

    [Theory]
    [InlineData(nameof(CompressionMethod.Lzip), "4c5a495001ae")]
    [InlineData(nameof(CompressionMethod.Lzip), "4c5a495001ae0039996c402f391c48dd50e56f2b3416558d633f4840b723142796557091ed81")]
    [InlineData(nameof(CompressionMethod.Lzip), "4c5a4950010c00000000")]
    [InlineData(nameof(CompressionMethod.Lzma), "5d00001000ffffffffffffffff00")]
    [InlineData(nameof(CompressionMethod.Bzip2), "425a6839314159265359")]
    public void Noise_behind_a_right_beginning_comes_to_an_end(string method, string beginning)
    {
        const int Cases = 200, MaxPlain = 16 << 20;
        byte[] buffer = new byte[64 * 1024];
        for (int seed = 0; seed < Cases; seed++)
        {
            byte[] noise = new byte[seed];
            new Random(seed).NextBytes(noise);
            using Stream decoder = Decoder.Open(Enum.Parse<CompressionMethod>(method), new MemoryStream([.. Convert.FromHexString(beginning), .. noise]));
            long plain = 0;
            Assert.Throws<InvalidDataException>(() =>
            {
                for (int count; (count = decoder.Read(buffer)) > 0 && plain < MaxPlain;)
                {
                    plain += count;
                }
            });
        }
    }

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Nothing_at_all_is_damage(string decoder) => Assert.Throws<InvalidDataException>(() => Decode(decoder, new MemoryStream()));

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Other_data_behind_the_end_are_damage(string decoder)
    {
        byte[] compressed = [.. Make(decoder, Text), .. "these are no compressed data\n"u8];

        Assert.Throws<InvalidDataException>(() => Decode(decoder, new MemoryStream(compressed)));
        Assert.Throws<InvalidDataException>(() => Decode(decoder, new FragmentingStream(compressed, [7])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(200_000)]
    public void Zeros_behind_gzip_are_the_padding_of_a_tape(int length)
    {
        byte[] padding = new byte[length];
        foreach (byte[] contents in (byte[][])[[], [1], Text, new byte[100_000], Noise])
        {
            byte[] compressed = [.. Make("gzip", contents), .. padding];
            Assert.Equal(contents, Decode("gzip", new MemoryStream(compressed)));
            Assert.Equal(contents, Decode("gzip", new FragmentingStream(compressed, [7, 1])));
        }
    }

    [Fact]
    public void Zeros_with_something_behind_them_are_no_padding()
    {
        byte[] compressed = Make("gzip", Text);
        foreach (byte[] behind in (byte[][])[[0, 1], compressed, [.. new byte[70_000], 1]])
        {
            Assert.Throws<InvalidDataException>(() => Decode("gzip", new MemoryStream([.. compressed, 0, .. behind])));
            Assert.Throws<InvalidDataException>(() => Decode("gzip", new MemoryStream([.. compressed, 0, .. behind, 0, 0])));
        }
    }

    [Fact]
    public void Zeros_do_not_stand_for_the_end_of_gzip_that_is_cut_off()
    {
        byte[] compressed = Make("gzip", Text);
        for (int length = 0; length < compressed.Length; length += length < compressed.Length - 40 ? 37 : 1)
        {
            if (compressed.AsSpan(length).ContainsAnyExcept((byte)0))
            {
                Assert.Throws<InvalidDataException>(() => Decode("gzip", new MemoryStream([.. compressed.AsSpan(0, length), .. new byte[length % 3 == 0 ? 3 : 5000]])));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Source_is_closed_with_the_decoder(string decoder)
    {
        MemoryStream source = new(Make(decoder, Text));
        Stream stream = Open(decoder, source);
        Assert.True(stream.Read(new byte[10]) > 0);

        stream.Dispose();

        Assert.False(source.CanRead);
    }
}
