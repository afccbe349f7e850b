using ClosureScan.Analysis.Reports;

namespace ClosureScan.Analysis.Tests.Reports;

/// <summary>The writers that never block write what the others write, and end when whoever takes the bytes has had enough.</summary>
public sealed class AsyncReportTests
{
    public static TheoryData<string> Formats() => GoldenReportTests.Formats();

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Same_bytes_without_a_blocking_write(string name)
    {
        Assert.True(ReportFormat.TryFind(name, out ReportFormat? format));
        using AsyncOnly output = new();

        await format.WriteAsync(SampleVerdict.Huge, output, "1.2.3", TestContext.Current.CancellationToken);

        Assert.Equal(SampleVerdict.Write(name, SampleVerdict.Huge), output.Bytes);
    }

    [Fact]
    public async Task Failure_of_the_destination_is_the_callers()
    {
        Assert.True(ReportFormat.TryFind("sarif", out ReportFormat? format));
        using AsyncOnly output = new() { FailsAfter = 100_000 };

        await Assert.ThrowsAsync<IOException>(() => format.WriteAsync(SampleVerdict.Huge, output, "1.2.3", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cancelled_with_the_callers_token()
    {
        Assert.True(ReportFormat.TryFind("json", out ReportFormat? format));
        using AsyncOnly output = new();

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => format.WriteAsync(SampleVerdict.Huge, output, "1.2.3", new CancellationToken(true)));

        Assert.True(cancelled.CancellationToken.IsCancellationRequested);
    }

    /// <summary>A destination like the body of a response: a blocking write is refused.</summary>
    private sealed class AsyncOnly : Stream
    {
        private readonly MemoryStream _taken = new();

        public long FailsAfter { get; init; } = long.MaxValue;

        public byte[] Bytes => _taken.ToArray();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous operations are disallowed.");

        public override void Flush() => throw new InvalidOperationException("Synchronous operations are disallowed.");

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            if (_taken.Length + buffer.Length > FailsAfter)
            {
                throw new IOException("The connection was reset.");
            }

            _taken.Write(buffer.Span);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
