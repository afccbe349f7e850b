using ClosureScan.Input;

namespace ClosureScan.Containers;

/// <summary>The contents of a file in an ext4 file system; what no block is mapped to is zeros.</summary>
internal sealed class ExtFile(ExtVolume volume, ExtInode inode, IExtMap map) : ForwardStream
{
    private long _position;
    private ExtRun _run;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        long left = inode.Size - _position;
        if (left <= 0 || buffer.IsEmpty)
        {
            return 0;
        }

        long block = _position / volume.BlockSize;
        if (block < _run.First || block >= _run.First + _run.Count)
        {
            _run = map.Find(block);
        }

        long inRun = ((_run.First + _run.Count) * volume.BlockSize) - _position;
        int count = (int)Math.Min(buffer.Length, Math.Min(left, inRun));
        if (_run.Start is { } start)
        {
            ulong physical = start + (ulong)(block - _run.First);
            volume.ReadBlock(physical, (int)(_position % volume.BlockSize), buffer[..count]);
        }
        else
        {
            buffer[..count].Clear();
        }

        _position += count;
        return count;
    }
}
