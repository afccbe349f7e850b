using System.IO.Pipelines;
using ClosureScan.Nar;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Walking;

/// <summary>What a walk over a stream keeps, costs and leaves.</summary>
public sealed class NarWalkTests
{
    private const int MiB = 1024 * 1024;

    [Theory]
    [InlineData("\u007fELF", 300_000, 300_000)]
    [InlineData("\u007fELF", 2 * MiB, 2 * MiB)]
    [InlineData("!<arch>\n", 2 * MiB, 2 * MiB)]
    [InlineData("MZ", 16 * MiB, 16 * MiB)]
    [InlineData("\u007fELF", 20 * MiB, 20 * MiB)]
    [InlineData("text", 2 * MiB, 4096)]
    public async Task Of_a_long_file_is_kept_what_its_format_needs(string magic, int length, int kept)
    {
        byte[] contents = new byte[length];
        new Random(length).NextBytes(contents);
        System.Text.Encoding.UTF8.GetBytes(magic, contents);
        byte[] nar = NarBuilder.OfFile(contents);
        foreach (int arriving in (int[])[1, 1000, 70_000, int.MaxValue])
        {
            FileViewCheck? view = null;
            WalkLog log = new() { OnEndFile = (_, check) => view = check, KeepsWhole = kept == length };
            PipeReader pipe = Fragments.Arriving(nar, 128 * 1024, 129, arriving == 1 ? 1 : arriving, Math.Max(arriving, 50_000));
            await NarWalk.RunAsync(pipe, log, cancellationToken: TestContext.Current.CancellationToken);
            Assert.NotNull(view);
            Assert.Equal(kept == length && length <= SpooledBytes.MaxInMemory, view.IsWhole);
            Assert.InRange(view.Readable, kept - 4 * 1000, kept);
            Assert.Equal(0, view.EndReads);
            Assert.Equal(length, log.Files[""].Length);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(256 * 1024)]
    [Trait(Tier.Name, Tier.Laws)]
    public async Task Short_file_comes_whole_however_it_arrives(int length)
    {
        byte[] contents = new byte[length];
        new Random(length).NextBytes(contents);
        byte[] nar = NarBuilder.OfFile(contents);
        foreach (int arriving in (int[])[1, 127, 4096, int.MaxValue])
        {
            FileViewCheck? view = null;
            WalkLog log = new() { OnEndFile = (_, check) => view = check };
            await NarWalk.RunAsync(Fragments.Arriving(nar, 4096, arriving), log, cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(view!.IsWhole);
            Assert.Equal(contents, log.Files[""]);
        }
    }

    [Fact]
    [Trait(Tier.Name, Tier.Laws)]
    public async Task Events_do_not_depend_on_how_the_stream_arrives()
    {
        using TemporaryTree tree = SampleTrees.Everything();
        using MemoryStream dump = new();
        NarDump.Write(tree.Root, dump, TestContext.Current.CancellationToken);
        byte[] nar = dump.ToArray();
        WalkLog whole = new();
        await NarWalk.RunAsync(PipeReader.Create(new(nar)), whole, cancellationToken: TestContext.Current.CancellationToken);
        for (int seed = 0; seed < 10; seed++)
        {
            Random random = new(seed);
            WalkLog log = new();
            int[] lengths = [.. Enumerable.Range(0, 1000).Select(_ => random.Next(1, seed % 2 == 0 ? 200 : 20_000)), 65_536];
            await NarWalk.RunAsync(Fragments.Arriving(nar, 1 << (9 + seed), lengths), log, cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(whole.Lines.SequenceEqual(log.Lines), $"seed {seed}");
        }
    }

    [Fact]
    public async Task Malformed_archive_throws_after_telling_what_came_before()
    {
        byte[] nar = NarBuilder.OfFile("contents"u8)[..^16];
        WalkLog log = new();
        NarFormatException exception = await Assert.ThrowsAsync<NarFormatException>(
            async () => await NarWalk.RunAsync(PipeReader.Create(new(nar)), log, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal((NarError.Truncated, nar.Length), (exception.Error, exception.Offset));
        Assert.Equal(["file \"\" ( @0) 8 - @96"], log.Lines.Take(1));
    }

    [Fact]
    public async Task Walk_stops_behind_the_archive_and_the_pipe_goes_on()
    {
        byte[] nars = [.. NarBuilder.OfFile("one"u8), .. NarBuilder.OfFile("two"u8)];
        PipeReader pipe = NarSource.FromStream(new MemoryStream(nars));
        WalkLog log = new();
        await NarWalk.RunAsync(pipe, log, cancellationToken: TestContext.Current.CancellationToken);
        await NarWalk.RunAsync(pipe, log, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("two"u8.ToArray(), log.Files[""]);
    }

    [Fact]
    [Trait(Tier.Name, Tier.Laws)]
    public async Task Archive_of_four_gibibytes_takes_little_memory()
    {
        const long Length = (4L << 30) + 5;
        Counter counter = new();
        PipeReader pipe = NarSource.FromStream(new HugeFileNar(Length));
        long before = GC.GetTotalAllocatedBytes();
        WalkResult result = await NarWalk.RunAsync(pipe, counter, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Length, counter.Bytes);
        Assert.Equal(HugeFileNar.SizeOf(Length), result.NarSize);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100L << 20);
    }
}
