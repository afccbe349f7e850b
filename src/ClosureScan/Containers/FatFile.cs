using ClosureScan.Input;

namespace ClosureScan.Containers;

/// <summary>A chain of clusters, as a stream.</summary>
internal sealed class FatFile(FatVolume volume, uint first, uint size) : ForwardStream
{
    private uint _cluster = first;
    private int _offset;
    private long _left = size;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_left == 0 || buffer.IsEmpty || !volume.Has(_cluster))
        {
            return 0;
        }

        int count = (int)Math.Min(Math.Min(buffer.Length, volume.ClusterSize - _offset), _left);
        volume.Read(_cluster, _offset, buffer[..count]);
        _offset += count;
        _left -= count;
        if (_offset == volume.ClusterSize)
        {
            _cluster = volume.Next(_cluster);
            _offset = 0;
        }

        return count;
    }
}
