using ClosureScan.Spooling;

namespace ClosureScan.Evidence;

/// <summary>Encoded evidence of one path, in memory or in a spool file: a table of files, and lists of what lies in them (<see cref="EvidenceCodec"/>).</summary>
internal sealed class EvidenceBlock
{
    private readonly SpoolFile? _file;
    private readonly long _start;
    private readonly long _length;

    /// <summary>Takes bytes in memory.</summary>
    public EvidenceBlock(byte[] memory)
    {
        Memory = memory;
        _length = memory.Length;
    }

    /// <summary>Takes bytes of a file.</summary>
    public EvidenceBlock(SpoolFile file, long start, long length)
    {
        _file = file;
        _start = start;
        _length = length;
    }

    /// <summary>The bytes, when they are in memory.</summary>
    public byte[]? Memory { get; }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/> of the block on, as far as there are bytes.</summary>
    public int Read(long offset, Span<byte> destination)
    {
        int wanted = (int)Math.Clamp(_length - offset, 0, destination.Length);
        if (Memory is null)
        {
            return _file!.Read(_start + offset, destination[..wanted]);
        }

        Memory.AsSpan((int)offset, wanted).CopyTo(destination);
        return wanted;
    }
}
