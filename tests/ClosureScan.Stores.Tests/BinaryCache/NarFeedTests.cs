using System.IO.Compression;
using ClosureScan.Stores.BinaryCache;
using ClosureScan.Stores.Compression;

namespace ClosureScan.Stores.Tests.BinaryCache;

/// <summary>That a feed ends when it is told to, wherever it is, and takes no more than it may.</summary>
public sealed class NarFeedTests
{
    [Fact]
    public async Task Cancellation_in_the_middle_of_decompression_ends_it()
    {
        using CancellationTokenSource cancel = new();
        using EndlessGzip source = new(reads =>
        {
            if (reads == 3)
            {
                cancel.Cancel();
            }
        });
        using NarFeed feed = NarFeed.Start(source, CompressionMethod.Gzip, long.MaxValue, cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => feed.DrainAsync(cancel.Token).AsTask());
        await feed.CompleteAsync();

        Assert.InRange(source.Reads, 3, 4);
        Assert.False(source.CanRead);
    }

    [Fact]
    public async Task Reader_that_goes_ends_the_feed()
    {
        using EndlessGzip source = new(_ => { });
        using NarFeed feed = NarFeed.Start(source, CompressionMethod.Gzip, long.MaxValue, Scanning.Token);

        await feed.CompleteAsync();

        Assert.False(source.CanRead);
    }

    [Fact]
    public async Task Small_file_that_expands_without_end_is_left_at_the_size_it_was_to_have()
    {
        using EndlessGzip source = new(_ => { });
        using NarFeed feed = NarFeed.Start(source, CompressionMethod.Gzip, 1000, Scanning.Token);

        Assert.Equal(1000, await feed.DrainAsync(Scanning.Token));
        await feed.CompleteAsync();
        Assert.True(feed.IsTooLong);
        Assert.Equal(1000, feed.Length);
        Assert.Null(feed.Failure);
    }

    /// <summary>gzip members of a megabyte of zeros, one after the other.</summary>
    private sealed class EndlessGzip(Action<int> onRead) : DecoderStream
    {
        private readonly byte[] _member = MakeMember();
        private int _position;
        private bool _closed;

        public int Reads { get; private set; }

        public override bool CanRead => !_closed;

        public override int Read(Span<byte> buffer)
        {
            onRead(++Reads);
            for (int i = 0; i < buffer.Length; i++)
            {
                buffer[i] = _member[_position++ % _member.Length];
            }

            return buffer.Length;
        }

        protected override void Dispose(bool disposing)
        {
            _closed = true;
            base.Dispose(disposing);
        }

        private static byte[] MakeMember()
        {
            using MemoryStream bytes = new();
            using (GZipStream gzip = new(bytes, CompressionLevel.Fastest))
            {
                gzip.Write(new byte[1 << 20]);
            }

            return bytes.ToArray();
        }
    }
}
