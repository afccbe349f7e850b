using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.BinaryCache;

/// <summary>That every compression gives the same result, and that no damage passes.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class BinaryCacheStoreTests(RealNix nix) : IClassFixture<RealNix>
{
    [Theory]
    [InlineData("none")]
    [InlineData("xz")]
    [InlineData("zstd")]
    [InlineData("bzip2")]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Cache_gives_what_the_local_store_gives(string compression)
    {
        SampleClosure sample = SampleClosure.Build(nix);
        string cache = nix.NewFolder();
        nix.CopyToCache(cache, compression, sample.Root);

        ScannedClosure fromCache = await Scanning.ScanAsync(cache, sample.Root);
        ScannedClosure fromStore = await Scanning.ScanAsync("local", sample.Root);

        Assert.Empty(fromCache.Problems);
        Assert.Equal(Scanning.Graph(fromStore), Scanning.Graph(fromCache));
        Assert.Equal(Scanning.Found(fromStore), Scanning.Found(fromCache));
        Assert.All(fromCache.Paths, path => Assert.Equal(path.Info.NarHash, path.Scan!.NarHash));
    }

    [Theory]
    [InlineData("none", false)]
    [InlineData("zstd", false)]
    [InlineData("zstd", true)]
    [InlineData("xz", false)]
    [InlineData("xz", true)]
    public async Task Nar_too_long_for_one_buffer_is_scanned_and_checked_as_it_streams(string compression, bool flips)
    {
        // 5 MB of text whose only reference is in its last line.
        string large = nix.BuildScript("stores-large", "mkdir $out; seq 1 700000 > $out/numbers; echo $out >> $out/numbers");
        string cache = nix.NewFolder();
        nix.CopyToCache(cache, compression, large);
        string nar = Directory.GetFiles(Path.Combine(cache, "nar")).Single();
        if (flips)
        {
            byte[] bytes = File.ReadAllBytes(nar);
            bytes[^40] ^= 4;
            File.WriteAllBytes(nar, bytes);
            ScanProblem problem = Assert.Single((await Scanning.ScanAsync(cache, large)).Problems);
            Assert.Equal(nar, problem.Path);
            return;
        }

        ScannedPath path = Assert.Single((await Scanning.ScanAsync(cache, large)).Paths);
        Assert.Equal(path.Info.NarHash, path.Scan!.NarHash);
        Assert.Equal(path.Info.NarSize, path.Scan.NarSize);
        ReferenceEvidence evidence = Assert.Single(Assert.Single(path.Scan.References).Evidence);
        Assert.Equal(("numbers", new FileInfo(Path.Combine(large, "numbers")).Length - 1 - large.Length + "/nix/store/".Length), (evidence.File, evidence.Offset));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("xz")]
    [InlineData("zstd")]
    [InlineData("bzip2")]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Cut_off_file_is_a_problem_that_names_it(string compression)
    {
        (string cache, SampleClosure sample, string nar) = MakeCache(compression);
        using (FileStream file = File.OpenWrite(nar))
        {
            file.SetLength(file.Length / 2);
        }

        await AssertProblemAsync(cache, sample, nar);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("xz")]
    [InlineData("zstd")]
    [InlineData("bzip2")]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Flipped_bit_is_a_problem_that_names_the_file(string compression)
    {
        (string cache, SampleClosure sample, string nar) = MakeCache(compression);
        byte[] bytes = File.ReadAllBytes(nar);
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(nar, bytes);

        await AssertProblemAsync(cache, sample, nar);
    }

    [Fact]
    public async Task Missing_file_is_a_problem_that_names_it()
    {
        (string cache, SampleClosure sample, string nar) = MakeCache("xz");
        File.Delete(nar);

        await AssertProblemAsync(cache, sample, nar);
    }

    [Fact]
    public async Task File_of_another_path_is_a_problem_that_gives_both_hashes()
    {
        (string cache, SampleClosure sample, string nar) = MakeCache("none");
        string narInfo = NarInfoOf(cache, sample.Leaf);
        File.WriteAllText(narInfo, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(narInfo), "NarHash: .*", "NarHash: sha256:" + new string('1', 52)));

        ScanProblem problem = await AssertProblemAsync(cache, sample, nar);
        Assert.Contains(nix.NarHash(sample.Leaf), problem.Message, StringComparison.Ordinal);
        Assert.Contains("sha256:1111", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-8)]
    [InlineData(8)]
    public async Task Wrong_size_is_a_problem(int difference)
    {
        (string cache, SampleClosure sample, string nar) = MakeCache("zstd");
        long size = nix.NarSize(sample.Leaf);
        ReplaceInNarInfo(cache, sample.Leaf, $"NarSize: {size}", $"NarSize: {size + difference}");

        await AssertProblemAsync(cache, sample, nar);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(96)]
    [InlineData(1_000_000_000_000)]
    [InlineData(1L << 61)]
    public async Task Absurd_size_is_a_problem_and_takes_no_memory(long size)
    {
        (string cache, SampleClosure sample, string nar) = MakeCache("xz");
        ReplaceInNarInfo(cache, sample.Leaf, $"NarSize: {nix.NarSize(sample.Leaf)}", $"NarSize: {size}");

        ScanProblem problem = await AssertProblemAsync(cache, sample, nar);
        Assert.Contains($"{size}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_behind_the_NAR_are_a_problem()
    {
        (string cache, SampleClosure sample, string nar) = MakeCache("none");
        File.AppendAllText(nar, "12345678");

        await AssertProblemAsync(cache, sample, nar);
    }

    [Fact]
    public async Task Unknown_compression_is_a_problem_that_lists_the_known()
    {
        (string cache, SampleClosure sample, string nar) = MakeCache("xz");
        ReplaceInNarInfo(cache, sample.Leaf, "Compression: xz", "Compression: grzip");

        Assert.Contains("zstd", (await AssertProblemAsync(cache, sample, nar)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_narinfo_of_a_reference_is_a_problem_and_the_rest_is_scanned()
    {
        (string cache, SampleClosure sample, _) = MakeCache("xz");
        ReplaceInNarInfo(cache, sample.Leaf, "URL: ", "URL ");

        ScannedClosure closure = await Scanning.ScanAsync(cache, sample.Root);

        Assert.Contains("line 2", Assert.Single(closure.Problems).Message, StringComparison.Ordinal);
        Assert.Equal(2, closure.Paths.Length);
    }

    [Fact]
    public async Task Missing_narinfo_of_a_reference_is_a_problem_and_of_a_root_an_error()
    {
        (string cache, SampleClosure sample, _) = MakeCache("xz");
        File.Delete(NarInfoOf(cache, sample.Leaf));

        Assert.Equal(sample.Leaf, Assert.Single((await Scanning.ScanAsync(cache, sample.Root)).Problems).Path);
        await Assert.ThrowsAsync<StoreException>(() => Scanning.ScanAsync(cache, sample.Leaf));
    }

    [Fact]
    public async Task Cancelled_scan_ends_as_cancelled()
    {
        (string cache, SampleClosure sample, _) = MakeCache("xz");
        await using IStore store = await Store.OpenAsync(cache, Scanning.Token);
        using CancellationTokenSource cancel = new();
        StopAtFirstPath progress = new(cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await ClosureScanner.ScanAsync(store, [StorePath.Parse(sample.Root)], progress: progress, cancellationToken: cancel.Token));
    }

    private static async Task<ScanProblem> AssertProblemAsync(string cache, SampleClosure sample, string nar)
    {
        ScanProblem problem = Assert.Single((await Scanning.ScanAsync(cache, sample.Root)).Problems);
        Assert.Equal(nar, problem.Path);
        return problem;
    }

    private static string NarInfoOf(string cache, string path) => Path.Combine(cache, StorePath.Parse(path).Hash + ".narinfo");

    private static void ReplaceInNarInfo(string cache, string path, string old, string replacement)
    {
        string text = File.ReadAllText(NarInfoOf(cache, path));
        Assert.Contains(old, text, StringComparison.Ordinal);

        File.WriteAllText(NarInfoOf(cache, path), text.Replace(old, replacement, StringComparison.Ordinal));
    }

    private (string Cache, SampleClosure Sample, string NarOfLeaf) MakeCache(string compression)
    {
        SampleClosure sample = SampleClosure.Build(nix);
        string cache = nix.NewFolder();
        nix.CopyToCache(cache, compression, sample.Root);
        string url = File.ReadLines(NarInfoOf(cache, sample.Leaf)).First(line => line.StartsWith("URL: ", StringComparison.Ordinal))[5..];
        return (cache, sample, Path.Combine(cache, url));
    }

    private sealed class StopAtFirstPath(CancellationTokenSource cancel) : IProgress<ScanProgress>
    {
        public void Report(ScanProgress value)
        {
            if (value.CurrentPath is not null)
            {
                cancel.Cancel();
            }
        }
    }
}
