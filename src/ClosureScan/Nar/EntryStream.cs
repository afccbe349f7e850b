using System.Buffers;

namespace ClosureScan.Nar;

/// <summary>The contents of the file that a reader stands at, as a stream. Refuses to be read when the reader has moved on.</summary>
internal sealed class EntryStream(TreeReader reader) : Stream
{
    private readonly long _contents = reader.ContentsOffset;
    private readonly long _length = reader.Length;
    private ReadOnlySequence<byte> _ahead;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (reader.Kind != NarEntryKind.File || reader.ContentsOffset != _contents)
        {
            throw new InvalidOperationException("The contents of an entry cannot be read after the next one was asked for.");
        }

        if (_ahead.IsEmpty && !buffer.IsEmpty)
        {
            _ahead = await reader.ReadContentsAsync(cancellationToken).ConfigureAwait(false);
        }

        int count = (int)Math.Min(buffer.Length, _ahead.Length);
        _ahead.Slice(0, count).CopyTo(buffer.Span);
        _ahead = _ahead.Slice(count);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
