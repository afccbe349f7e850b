using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using ClosureScan.Evidence;
using ClosureScan.Nar;
using ClosureScan.Testing;
using ClosureScan.Walking;
using static ClosureScan.Tests.Evidence.EvidenceHarness;

namespace ClosureScan.Tests;

public sealed class PathScannerTests
{
    private static readonly ScanOptions Hashing = new() { ComputeNarHash = true };

    [Fact]
    public void Two_scans_of_one_directory_are_equal()
    {
        using TemporaryTree tree = LeakyTree();

        Assert.Equal(
            new PathScanner(Both).ScanDirectory(tree.Root, TestContext.Current.CancellationToken),
            new PathScanner(Both).ScanDirectory(tree.Root, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Second_thread_in_one_scanner_is_refused_and_the_first_goes_on()
    {
        PathScanner scanner = new(Both);
        Pipe nar = new();
        ValueTask<PathScan> first = scanner.ScanNarAsync(nar.Reader, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await scanner.ScanNarAsync(Pipe(NarBuilder.OfFile([])), TestContext.Current.CancellationToken));
        Assert.Throws<InvalidOperationException>(() => scanner.ScanDirectory(".", TestContext.Current.CancellationToken));

        await nar.Writer.WriteAsync(NarBuilder.OfFile(Encoding.ASCII.GetBytes(Bash)), TestContext.Current.CancellationToken);
        Assert.Single((await first).References);
        Assert.Empty((await scanner.ScanNarAsync(Pipe(NarBuilder.OfFile([])), TestContext.Current.CancellationToken)).References);
    }

    [Fact]
    public async Task Directory_and_its_NAR_give_the_same_scan()
    {
        using TemporaryTree tree = LeakyTree();
        byte[] nar = Dump(tree.Root);
        PathScanner scanner = new(Both, Hashing);

        PathScan disk = scanner.ScanDirectory(tree.Root, TestContext.Current.CancellationToken);
        PathScan stream = await scanner.ScanNarAsync(Pipe(nar), TestContext.Current.CancellationToken);

        PathScanAssert.Equal(disk, stream);
        Assert.Equal(nar.Length, disk.NarSize);
        Assert.Equal(8, disk.FileCount);
        Assert.Empty(disk.Problems);
        Assert.Equal([8, 3], disk.References.Select(found => found.FileCount));
    }

    [Fact]
    public async Task Evidence_tells_the_size_of_its_file_and_none_of_a_symlink()
    {
        using TemporaryTree tree = new TemporaryTree().File("file", $"{Bash}\n").File("large", new string('x', 300_000) + Bash).Symlink("link", Bash);
        PathScanner scanner = new(Both);

        PathScan disk = scanner.ScanDirectory(tree.Root, TestContext.Current.CancellationToken);
        PathScan stream = await scanner.ScanNarAsync(Fragments.Arriving(Dump(tree.Root), 4096, 1000), TestContext.Current.CancellationToken);

        foreach (PathScan scan in (PathScan[])[disk, stream])
        {
            Assert.Equal(
                [("file", Bash.Length + 1L), ("large", Bash.Length + 300_000L), ("link", null)],
                Assert.Single(scan.References).Evidence.Select(item => (item.File, item.FileSize)));
        }
    }

    [Fact]
    public async Task Deep_scan_of_a_directory_is_that_of_its_NAR_and_changes_no_plain_reference()
    {
        using TemporaryTree tree = LeakyTree();
        using MemoryStream gzip = new();
        using (GZipStream compressor = new(gzip, CompressionLevel.Optimal, leaveOpen: true))
        {
            compressor.Write(Encoding.ASCII.GetBytes($"{Bash}/share\n"));
        }

        tree.File("share/x.gz", gzip.ToArray())
            .File("share/wide", [.. new byte[300_000], .. Encoding.Unicode.GetBytes($"{Gcc}/bin")])
            .File("share/stray", new string('\n', 300_000) + "/nix/store/1nl04p4c9mk6q0ac8hy7xp96lr6v0yl2-other-1.0/bin /build/source/x.c\n");
        byte[] nar = Dump(tree.Root);
        PathScan plain = new PathScanner(Both).ScanDirectory(tree.Root, TestContext.Current.CancellationToken);
        PathScanner scanner = new(Both, new ScanOptions { Deep = true });

        PathScan disk = scanner.ScanDirectory(tree.Root, TestContext.Current.CancellationToken);
        PathScan stream = await scanner.ScanNarAsync(Fragments.Arriving(nar, 4096, 1000), TestContext.Current.CancellationToken);

        Assert.Equal(2, disk.Hidden.Length);
        FoundReference stray = Assert.Single(disk.Undeclared);
        Assert.Equal("other-1.0", stray.Name);
        Assert.Equal(300_001, Assert.Single(stray.Evidence).Line);
        Assert.Equal(300_001, Assert.Single(disk.BuildPaths.Evidence).Line);
        Assert.Equal(plain.References.SelectMany(found => found.Evidence), disk.References.SelectMany(found => found.Evidence));

        PathScanAssert.Equal(disk, stream);
    }

    [Fact]
    public async Task NAR_arriving_in_small_reads_gives_the_same_scan()
    {
        using TemporaryTree tree = LeakyTree();
        byte[] nar = Dump(tree.Root);
        PathScanner scanner = new(Both, Hashing);
        PathScan expected = await scanner.ScanNarAsync(Pipe(nar), TestContext.Current.CancellationToken);

        PathScan actual = await scanner.ScanNarAsync(Fragments.Arriving(nar, 512, 1, 100, 7, 500), TestContext.Current.CancellationToken);

        PathScanAssert.Equal(expected, actual);
    }

    [Fact]
    public async Task Offsets_in_the_NAR_point_at_the_hash()
    {
        using TemporaryTree tree = LeakyTree();
        byte[] nar = Dump(tree.Root);

        PathScan scan = await new PathScanner(Both).ScanNarAsync(Pipe(nar), TestContext.Current.CancellationToken);

        foreach (FoundReference found in scan.References)
        {
            Assert.NotEmpty(found.Evidence);
            Assert.All(found.Evidence, evidence =>
                Assert.Equal(found.Target.ToString(), Encoding.ASCII.GetString(nar, (int)evidence.NarOffset, 32)));
        }
    }

    [Fact]
    public async Task Counts_are_those_of_a_naive_search()
    {
        using TemporaryTree tree = LeakyTree();
        byte[] nar = Dump(tree.Root);

        PathScan scan = await new PathScanner(Both).ScanNarAsync(Pipe(nar), TestContext.Current.CancellationToken);

        string text = Encoding.Latin1.GetString(nar);
        Assert.Equal(
            Both.Hashes.Select(hash => (hash, (long)text.Split(hash.ToString()).Length - 1)),
            scan.References.Select(found => (found.Target, found.Count)));
        Assert.All(scan.References, found => Assert.Equal(found.Count, found.Evidence.Sum(evidence => evidence.Count)));
    }

    [Fact]
    public void Missing_path_is_a_problem_not_an_exception()
    {
        PathScan scan = new PathScanner(Both).ScanDirectory("/nonexistent/closurescan", TestContext.Current.CancellationToken);

        Assert.NotEmpty(scan.Problems);
        Assert.Equal(0, scan.FileCount);
    }

    [Fact]
    public async Task Cut_NAR_is_a_format_error_and_the_scanner_serves_the_next_path()
    {
        using TemporaryTree tree = LeakyTree();
        byte[] nar = Dump(tree.Root);
        PathScanner scanner = new(Both, Hashing);
        PathScan expected = await scanner.ScanNarAsync(Pipe(nar), TestContext.Current.CancellationToken);

        foreach (int length in (int[])[0, 20, 500, nar.Length / 2, nar.Length - 1])
        {
            await Assert.ThrowsAsync<NarFormatException>(async () =>
                await scanner.ScanNarAsync(Pipe(nar[..length]), TestContext.Current.CancellationToken));
        }

        PathScanAssert.Equal(expected, await scanner.ScanNarAsync(Pipe(nar), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Path_that_is_a_single_file_has_no_name_inside_it()
    {
        PathScan scan = await new PathScanner(Both)
            .ScanNarAsync(Pipe(NarBuilder.OfFile(Encoding.ASCII.GetBytes(Bash))), TestContext.Current.CancellationToken);

        ReferenceEvidence evidence = Assert.Single(Assert.Single(scan.References).Evidence);
        Assert.Equal("", evidence.File);
        Assert.Equal(1, scan.FileCount);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(400_000)]
    public async Task Plain_file_and_plain_stream_give_the_scan_of_a_NAR_of_that_file(int size)
    {
        byte[] contents = Encoding.ASCII.GetBytes($"Name: x\nLibs: -L{Bash}/lib\n" + new string('\n', size) + $"Requires: {Gcc}");
        using TemporaryTree tree = new TemporaryTree().File("x.pc", contents);
        PathScanner scanner = new(Both);
        PathScan nar = await scanner.ScanNarAsync(Pipe(NarBuilder.OfFile(contents)), TestContext.Current.CancellationToken);

        PathScan file = scanner.ScanFile(tree.PathOf("x.pc"), "lib/pkgconfig/x.pc", TestContext.Current.CancellationToken);
        PathScan stream = await scanner.ScanStreamAsync(
            Fragments.Arriving(contents, 4096, 1000, 7), "lib/pkgconfig/x.pc", TestContext.Current.CancellationToken);

        PathScanAssert.Equal(file, stream);
        Assert.Equal(
            nar.References.SelectMany(found => found.Evidence).Select(evidence => evidence with { File = "lib/pkgconfig/x.pc", Mechanism = Mechanism.PkgConfig, Usage = default }),
            stream.References.SelectMany(found => found.Evidence).Select(evidence => evidence with { Usage = default }));
        Assert.Equal((nar.NarSize, nar.FileCount, nar.ByteCount), (stream.NarSize, stream.FileCount, stream.ByteCount));
    }

    [Fact]
    public async Task Every_occurrence_can_be_asked_for()
    {
        string text = string.Concat(Enumerable.Range(0, 100).Select(line => $"{line}: {Bash} {Gcc}/bin\n"));
        PathScanner scanner = new(Both, new ScanOptions { EveryOccurrence = true, MaxContextsPerTarget = int.MaxValue });

        PathScan scan = await scanner.ScanStreamAsync(Pipe(Encoding.ASCII.GetBytes(text)), "-", TestContext.Current.CancellationToken);

        Assert.All(scan.References, found =>
        {
            Assert.Equal(100, found.Evidence.Length);
            Assert.Equal(Enumerable.Range(1, 100), found.Evidence.Select(evidence => evidence.Line!.Value));
            Assert.All(found.Evidence, evidence => Assert.Equal(found.Target.ToString(), text.Substring((int)evidence.Offset, 32)));
        });
    }

    [Fact]
    public void Negative_bound_is_misuse() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PathScanner(Both, new ScanOptions { MaxContextsPerPath = -1 }));

    private static TemporaryTree LeakyTree() => new TemporaryTree()
        .File("bin/run", $"#!{Bash}/bin/bash\nexec {Gcc}/bin/gcc {Bash}\n", executable: true)
        .File("etc/conf", $"shell = {Bash}/bin/sh\n")
        .File("lib/clean", new string('c', 5000))
        .File("lib/empty", "")
        .File("nix-support/propagated-native-build-inputs", Gcc)
        .File("share/log", string.Concat(Enumerable.Repeat("nothing here\n", 40_000)) + $"cc = {Gcc}/bin/cc\n{Bash}/bin/x\n" + new string('z', 300_000))
        .File("share/blob", string.Concat("\0\u0001", new string('b', 600_000), $"\0{Bash}/lib\0", new string('b', 600_000)))
        .File($"share/{BashHash}-name/file", $"{Bash}\n")
        .Symlink("bin/sh", $"{Bash}/bin/bash")
        .Symlink($"bin/{BashHash}", "nowhere");

    private static PipeReader Pipe(byte[] nar) => PipeReader.Create(new MemoryStream(nar), new StreamPipeReaderOptions(bufferSize: 256 * 1024));

    private static byte[] Dump(string path)
    {
        using MemoryStream nar = new();
        NarDump.Write(path, nar, TestContext.Current.CancellationToken);
        return nar.ToArray();
    }
}
