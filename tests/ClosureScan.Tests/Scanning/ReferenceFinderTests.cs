using System.Buffers;
using System.IO.Pipelines;
using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Tests.Scanning;

/// <summary>Bytes, spans, pieces, streams and pipes give the same answers.</summary>
public sealed class ReferenceFinderTests
{
    private const string Bash = "/nix/store/d72f2ldg4c8i1zc7kpjivmsk785pbj1d-bash-5.2p26";
    private const string Gcc = "/nix/store/jd8yjz8zgn7lvhsjmx4wqv63zkyrzb79-gcc-13.2.0";

    private static readonly byte[] Text = System.Text.Encoding.ASCII.GetBytes($"#!{Bash}/bin/bash\nexec {Gcc}/bin/gcc d72f2ldg4c8i1zc7kpjivmsk785pbj1d {Gcc}");

    private static readonly ReferenceSet Wanted = ReferenceSet.Create([StorePath.Parse(Bash)]);

    [Fact]
    public void Hashes_in_a_span_are_found_with_their_offsets()
    {
        Assert.Equal([13L, Text.AsSpan().LastIndexOf("d72f2ldg"u8)], ReferenceFinder.Find(Text, Wanted).Select(hit => hit.Offset));
        Assert.All(ReferenceFinder.Find(Text, Wanted), hit => Assert.Equal(StorePath.Parse(Bash).Hash, hit.Target));
    }

    [Fact]
    public void Paths_in_a_span_are_found_to_the_last_byte() =>
        Assert.Equal([Bash, Gcc, Gcc], ReferenceFinder.FindStorePaths(Text).Select(hit => hit.Path.ToString()));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public async Task Pieces_streams_and_pipes_give_what_a_span_gives(int length)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        ReadOnlySequence<byte> pieces = Pieces(Text, length);
        Assert.True(pieces.IsSingleSegment == (length >= Text.Length));

        Assert.Equal(ReferenceFinder.Find(Text, Wanted), ReferenceFinder.Find(pieces, Wanted));
        Assert.Equal(ReferenceFinder.FindStorePaths(Text), ReferenceFinder.FindStorePaths(pieces));
        Assert.Equal(ReferenceFinder.Find(Text, Wanted), await ReferenceFinder.FindAsync(PipeReader.Create(pieces), Wanted, stop).ToListAsync(stop));
        Assert.Equal(ReferenceFinder.FindStorePaths(Text), await ReferenceFinder.FindStorePathsAsync(PipeReader.Create(pieces), cancellationToken: stop).ToListAsync(stop));
        Assert.Equal(ReferenceFinder.Find(Text, Wanted), await ReferenceFinder.FindAsync(new MemoryStream(Text), Wanted, stop).ToListAsync(stop));
        Assert.Equal(ReferenceFinder.FindStorePaths(Text), await ReferenceFinder.FindStorePathsAsync(new MemoryStream(Text), cancellationToken: stop).ToListAsync(stop));
    }

    [Fact]
    public async Task Search_of_a_pipe_that_gives_nothing_can_be_cancelled()
    {
        using CancellationTokenSource source = new();
        Pipe pipe = new();
        ValueTask<bool> pending = ReferenceFinder.FindAsync(pipe.Reader, Wanted, source.Token).GetAsyncEnumerator(source.Token).MoveNextAsync();
        await source.CancelAsync();

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await pending);
        Assert.Equal(source.Token, cancelled.CancellationToken);
    }

    private static ReadOnlySequence<byte> Pieces(byte[] bytes, int length)
    {
        Piece first = new(bytes.AsMemory(0, Math.Min(length, bytes.Length)), 0), last = first;
        for (int start = length; start < bytes.Length; start += length)
        {
            last = last.Append(bytes.AsMemory(start, Math.Min(length, bytes.Length - start)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            Piece next = new(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
