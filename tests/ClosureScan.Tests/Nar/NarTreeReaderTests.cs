using System.IO.Pipelines;
using System.Security.Cryptography;
using ClosureScan.Nar;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Tests.Nar;

/// <summary>Every archive of <see cref="NarCases"/>, however it is cut, read or skipped.</summary>
public sealed class NarTreeReaderTests
{
    public static TheoryData<string> WellFormed => [.. NarCases.WellFormed.Keys];

    public static TheoryData<string> Broken => [.. NarCases.Broken.Keys];

    [Theory]
    [MemberData(nameof(WellFormed))]
    [Trait(Tier.Name, Tier.Laws)]
    public async Task Well_formed_archive_reads_the_same_however_it_is_cut(string name)
    {
        byte[] nar = NarCases.WellFormed[name];
        NaiveNar.Verdict expected = NaiveNar.Read(nar);
        Assert.True(expected.IsWellFormed);
        Transcript whole = await Transcript.OfAsync(PipeReader.Create(new(nar)), skipContents: false);
        Assert.Null(whole.Error);
        Assert.Equal(expected.Entries, whole.Entries);
        Assert.Equal(nar.Length, whole.Offset);
        Assert.Equal(new NarHash(SHA256.HashData(nar)).ToString(), whole.FailedEntry);
        await AssertSameHoweverCut(nar, whole);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    [Trait(Tier.Name, Tier.Laws)]
    public async Task Malformed_archive_gives_the_same_error_at_the_same_place_however_it_is_cut(string name)
    {
        NarCases.Malformed broken = NarCases.Broken[name];
        Assert.False(NaiveNar.Read(broken.Bytes).IsWellFormed);
        Transcript whole = await Transcript.OfAsync(PipeReader.Create(new(broken.Bytes)), skipContents: false);
        Assert.Equal((broken.Error, broken.Offset, broken.Entry), (whole.Error, whole.Offset, whole.FailedEntry));
        await AssertSameHoweverCut(broken.Bytes, whole);
    }

    [Theory]
    [MemberData(nameof(WellFormed))]
    public async Task Archive_cut_off_anywhere_is_truncated_there(string name)
    {
        byte[] nar = NarCases.WellFormed[name];
        foreach (int length in Positions(nar.Length))
        {
            Transcript read = await Transcript.OfAsync(PipeReader.Create(new(nar.AsMemory(0, length))), skipContents: length % 2 == 0);
            Assert.Equal((NarError.Truncated, length), (read.Error, read.Offset));
        }
    }

    [Theory]
    [MemberData(nameof(WellFormed))]
    public async Task What_follows_the_archive_is_left_in_the_pipe(string name)
    {
        byte[] nar = NarCases.WellFormed[name];
        byte[] followed = [.. nar, .. "what follows"u8];
        foreach (int cut in (int[])[1, nar.Length - 1, nar.Length, nar.Length + 1])
        {
            Transcript read = await Transcript.OfAsync(Fragments.Segmented(followed, cut), skipContents: false);
            Assert.Equal((nar.Length, 12), (read.Offset, read.Left));
            read = await Transcript.OfAsync(Fragments.Arriving(followed, 4096, cut, 5, 1), skipContents: true);
            Assert.Equal((nar.Length, 12), (read.Offset, read.Left));
        }
    }

    [Fact]
    public async Task Archives_behind_each_other_are_read_by_a_reader_each()
    {
        byte[] nars = [.. NarBuilder.OfFile("one"u8), .. NarCases.WellFormed["directories of all kinds"], .. NarBuilder.OfFile([])];
        PipeReader pipe = Fragments.Arriving(nars, 64, 7);
        long total = 0;
        for (int index = 0; index < 3; index++)
        {
            using NarTreeReader reader = new(pipe);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken) != NarEntryKind.EndOfArchive)
            {
            }

            total += reader.Position;
        }

        Assert.Equal(nars.Length, total);
    }

    [Fact]
    public async Task Contents_can_be_left_half_read()
    {
        byte[] nar = NarCases.WellFormed["directories of all kinds"];
        using NarTreeReader reader = new(Fragments.Arriving(nar, 16, 3));
        int files = 0;
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is var kind && kind != NarEntryKind.EndOfArchive)
        {
            if (kind == NarEntryKind.File)
            {
                files++;
                Assert.False((await reader.ReadContentsAsync(TestContext.Current.CancellationToken)).IsEmpty);
            }
        }

        Assert.Equal(2, files);
        Assert.Equal(nar.Length, reader.Position);
    }

    [Fact]
    public async Task Calls_out_of_turn_are_the_callers_mistake()
    {
        using NarTreeReader reader = new(PipeReader.Create(new(NarCases.WellFormed["symlink"])));
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.ReadContentsAsync(TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(NarEntryKind.Symlink, await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Throws<InvalidOperationException>(() => reader.Length);
        Assert.Equal("target"u8, reader.Target);
        Assert.Equal(NarEntryKind.EndOfArchive, await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Null(reader.Hash);
    }

    [Fact]
    public async Task After_an_error_the_reader_refuses_to_go_on()
    {
        using NarTreeReader reader = new(PipeReader.Create(new(NarCases.Broken["other magic"].Bytes)));
        await Assert.ThrowsAsync<NarFormatException>(() => reader.ReadAsync(TestContext.Current.CancellationToken).AsTask());
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.ReadAsync(TestContext.Current.CancellationToken).AsTask());
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.ReadContentsAsync(TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task Cancelled_read_can_be_repeated()
    {
        Pipe pipe = new();
        byte[] nar = NarCases.WellFormed["executable"];
        await pipe.Writer.WriteAsync(nar.AsMemory(0, 70), TestContext.Current.CancellationToken);
        using NarTreeReader reader = new(pipe.Reader);
        using CancellationTokenSource cancellation = new();
        ValueTask<NarEntryKind> pending = reader.ReadAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending.AsTask());
        await pipe.Writer.WriteAsync(nar.AsMemory(70), TestContext.Current.CancellationToken);
        Assert.Equal(NarEntryKind.File, await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.True(reader.IsExecutable);
        Assert.Equal(NarEntryKind.EndOfArchive, await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(nar.Length, reader.Position);
    }

    [Fact]
    public async Task Message_names_the_entry_the_place_and_what_was_found()
    {
        byte[] nar = NarCases.Broken["entry not closed"].Bytes;
        using NarTreeReader reader = new(PipeReader.Create(new(nar)));
        NarFormatException exception = await Assert.ThrowsAsync<NarFormatException>(async () =>
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken) != NarEntryKind.EndOfArchive)
            {
            }
        });
        Assert.Equal("Expected \")\", found \"entry\", at byte 256 of the NAR, in \"a\".", exception.Message);
    }

    private static async Task AssertSameHoweverCut(byte[] nar, Transcript whole)
    {
        Transcript skipped = await Transcript.OfAsync(PipeReader.Create(new(nar)), skipContents: true);
        Assert.Equal((whole.Error, whole.Offset, whole.FailedEntry, whole.Left), (skipped.Error, skipped.Offset, skipped.FailedEntry, skipped.Left));
        Assert.Equal(whole, await Transcript.OfAsync(Fragments.Arriving(nar, 1, 1), skipContents: false));
        Assert.Equal(skipped, await Transcript.OfAsync(Fragments.Arriving(nar, 64, 1), skipContents: true));
        foreach (int cut in Positions(nar.Length))
        {
            Assert.Equal(whole, await Transcript.OfAsync(Fragments.Segmented(nar, cut), skipContents: false));
            Assert.Equal(whole, await Transcript.OfAsync(Fragments.Arriving(nar, 256, cut, 100), skipContents: false));
        }

        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            int[] cuts = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(nar.Length + 1)).Order()];
            Assert.Equal(whole, await Transcript.OfAsync(Fragments.Segmented(nar, cuts), skipContents: false));
        }
    }

    // Every position of a short archive; of a long one those around its ends and a sample between.
    private static IEnumerable<int> Positions(int length) =>
        Enumerable.Range(0, length).Where(position => position < 400 || position > length - 100 || position % 211 == 0);
}
