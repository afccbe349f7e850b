using ClosureScan.Input;

namespace ClosureScan.Stores.Wire;

/// <summary>
/// A NAR that a peer sends in the middle of a conversation: so many bytes, and then the conversation goes on. Where the peer hangs up
/// before, what it sent last is looked at for the reason. Blocks; one thread at a time.
/// </summary>
/// <param name="reader">Where it comes from.</param>
/// <param name="length">How many bytes.</param>
/// <param name="reason">Finds a reason in the last bytes; gives null where there is none.</param>
/// <param name="whenClosed">Told at the end how many bytes were not read: when there are none, the conversation can go on.</param>
internal sealed class PeerNarStream(WireReader reader, long length, Func<ReadOnlySpan<byte>, string?> reason, Action<long> whenClosed) : ForwardStream
{
    private const int TailLength = 8 * 1024;

    private readonly byte[] _tail = new byte[TailLength];
    private int _kept;
    private long _left = length;
    private bool _closed;

    public override int Read(Span<byte> buffer)
    {
        if (_left == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        int count = reader.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        if (count > 0)
        {
            _left -= count;
            Keep(buffer[..count]);
            return count;
        }

        string why = reason(_tail.AsSpan(0, _kept)) is { } told ? $": {told}" : "";
        throw new IOException($"the NAR breaks off {_left} bytes before its end{why}");
    }

    private void Keep(ReadOnlySpan<byte> read)
    {
        read = read[Math.Max(0, read.Length - TailLength)..];
        int before = Math.Min(_kept, TailLength - read.Length);
        _tail.AsSpan(_kept - before, before).CopyTo(_tail);
        read.CopyTo(_tail.AsSpan(before));
        _kept = before + read.Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            whenClosed(_left);
        }

        base.Dispose(disposing);
    }
}
