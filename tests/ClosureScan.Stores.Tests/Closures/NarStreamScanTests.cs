using System.IO.Compression;
using ClosureScan.Scanning;
using ClosureScan.Stores.Closures;
using ClosureScan.Stores.Compression;

namespace ClosureScan.Stores.Tests.Closures;

/// <summary>That a NAR's stream is left when it is told to be, wherever it is, and that no more is taken of it than may be.</summary>
public sealed class NarStreamScanTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public void Cancellation_in_the_middle_of_decompression_ends_it()
    {
        using CancellationTokenSource cancel = new();
        using EndlessGzip source = new(reads =>
        {
            if (reads == 3)
            {
                cancel.Cancel();
            }
        });

        Assert.ThrowsAny<OperationCanceledException>(() => Run(source, null, cancel.Token));

        Assert.InRange(source.Reads, 3, 4);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(5 * MiB)]
    public void Small_file_that_expands_without_end_is_left_at_the_size_it_was_to_have(int size)
    {
        using EndlessGzip source = new(_ => { });

        NarRead read = Run(source, size, Scanning.Token);

        Assert.True(read.IsTooLong);
        Assert.Equal(size, read.Length);
        Assert.Null(read.Failure);
    }

    private static NarRead Run(EndlessGzip source, long? size, CancellationToken cancellationToken)
    {
        using Stream plain = Decoder.Open(CompressionMethod.Gzip, source);
        return NarStreamScan.Run(plain, size, hashes: true, new PathScanner(ReferenceSet.Create(Array.Empty<Paths.StorePathHash>())), cancellationToken);
    }

    /// <summary>gzip members of a megabyte of zeros, one after the other.</summary>
    private sealed class EndlessGzip(Action<int> onRead) : Input.ForwardStream
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
