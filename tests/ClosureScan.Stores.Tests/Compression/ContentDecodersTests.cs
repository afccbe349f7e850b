using System.IO.Pipelines;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Stores.Compression;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Compression;

/// <summary>That a deep scan finds what is in compressed files, and says of what format they are.</summary>
public sealed class ContentDecodersTests
{
    private static readonly StorePath Hidden = StorePath.Parse(CompressedSample.Path);

    public static TheoryData<string> Formats => ["gzip", "xz", "zstd", "bzip2", "lzip"];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Reference_in_a_compressed_file_is_found(string format)
    {
        PathScan scan = await ScanAsync(CompressedSample.Make(format, CompressedSample.Text), new ScanOptions { Deep = true, Decoders = ContentDecoders.All });

        FoundReference found = Assert.Single(scan.Hidden);
        Assert.Equal(Hidden.Hash, found.Target);
        Assert.Equal(5000, found.Count);
        Assert.Equal(format, found.Evidence[0].Section);
        Assert.Empty(scan.Remarks);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task What_comes_before_the_damage_is_found(string format)
    {
        // Noise behind the name, so that the compressed bytes before the damage hold it in full.
        byte[] contents = format == "lzip" ? CompressedSample.Text : [.. CompressedSample.Text, .. CompressedSample.Noise, .. CompressedSample.Noise, .. CompressedSample.Noise];
        byte[] compressed = CompressedSample.Make(format, contents);
        PathScan scan = await ScanAsync(compressed[..^(format == "lzip" ? 1 : 20)], new ScanOptions { Deep = true, Decoders = ContentDecoders.All });

        Assert.Equal(Hidden.Hash, Assert.Single(scan.Hidden).Target);
        Assert.Empty(scan.Problems);
        Assert.Equal([ScanRemarkKind.CompressedDamaged], scan.Remarks.Select(remark => remark.Kind));
    }

    [Theory]
    [InlineData("BZh9 is how some words begin")]
    [InlineData("LZIP")]
    [InlineData("7zXZ")]
    [InlineData("")]
    public void Text_is_of_no_format(string text) =>
        Assert.DoesNotContain(ContentDecoders.All, decoder => decoder.Recognises(System.Text.Encoding.Latin1.GetBytes(text)));

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Closure_scanner_looks_into_every_format_when_it_is_to_look_deep(string format)
    {
        StorePath root = FakeStore.PathOf("root");
        await using FakeStore store = new();
        store.Add(root, NarBuilder.OfFile(CompressedSample.Make(format, CompressedSample.Text)), Hidden).Add(Hidden, NarBuilder.OfFile([]));

        ScannedClosure plain = await ClosureScanner.ScanAsync(store, [root], cancellationToken: Scanning.Token);
        ScannedClosure deep = await ClosureScanner.ScanAsync(
            store, [root], new ClosureScanOptions { Scan = new ScanOptions { Deep = true } }, cancellationToken: Scanning.Token);

        Assert.Empty(plain.Paths.Single(path => path.Info.Path.Equals(root)).Scan!.Hidden);
        Assert.Equal(Hidden.Hash, Assert.Single(deep.Paths.Single(path => path.Info.Path.Equals(root)).Scan!.Hidden).Target);
    }

    [Fact]
    public void Decoder_that_the_caller_names_goes_first()
    {
        IContentDecoder own = new OwnXz();

        Assert.Equal([own, .. ContentDecoders.All.Where(decoder => decoder.Name != "xz")], ContentDecoders.AddTo([own]));
        Assert.Equal(ContentDecoders.All, ContentDecoders.AddTo(ContentDecoders.All));
    }

    private static async Task<PathScan> ScanAsync(byte[] file, ScanOptions options) =>
        await new PathScanner(ReferenceSet.Create([Hidden]), options).ScanNarAsync(PipeReader.Create(new MemoryStream(NarBuilder.OfFile(file))), Scanning.Token);

    private sealed class OwnXz : IContentDecoder
    {
        public string Name => "xz";

        public bool Recognises(ReadOnlySpan<byte> beginning) => false;

        public Stream Open(Stream compressed) => compressed;
    }
}
