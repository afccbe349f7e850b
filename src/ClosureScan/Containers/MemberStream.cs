using ClosureScan.Input;

namespace ClosureScan.Containers;

/// <summary>The next so many bytes of a stream, which stays open.</summary>
internal sealed class MemberStream(Stream container, long length) : ForwardStream
{
    private long _left = length;

    /// <summary>Skips what is left. It counts as if somebody had looked at it: it may have to be decompressed.</summary>
    /// <exception cref="InvalidDataException">The container ends before.</exception>
    /// <exception cref="ExpansionException">It is more than the container may take.</exception>
    public void Skip(IContainerSink sink)
    {
        Span<byte> skipped = stackalloc byte[4 * 1024];
        while (_left > 0)
        {
            sink.Spend(Read(skipped));
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int count = _left == 0 || buffer.IsEmpty ? 0 : container.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        if (count == 0 && _left > 0 && !buffer.IsEmpty)
        {
            throw new InvalidDataException($"The container ends {_left} bytes before its member does.");
        }

        _left -= count;
        return count;
    }
}
