using ClosureScan.Spooling;

namespace ClosureScan.Evidence;

/// <summary>Encoded evidence of one path, in memory or in a spool file: a table of files, and lists of what lies in them (<see cref="EvidenceCodec"/>).</summary>
internal sealed class EvidenceBlock
{
    private readonly SpoolFile? _file;
    private readonly long _start;

    /// <summary>Takes bytes in memory.</summary>
    public EvidenceBlock(byte[] memory)
    {
        Memory = memory;
        Length = memory.Length;
    }

    /// <summary>Takes bytes of a file.</summary>
    public EvidenceBlock(SpoolFile file, long start, long length)
    {
        _file = file;
        _start = start;
        Length = length;
    }

    /// <summary>The bytes, when they are in memory.</summary>
    public byte[]? Memory { get; }

    /// <summary>How many bytes.</summary>
    public long Length { get; }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/> of the block on, as far as there are bytes.</summary>
    public int Read(long offset, Span<byte> destination)
    {
        int wanted = (int)Math.Clamp(Length - offset, 0, destination.Length);
        if (Memory is null)
        {
            return _file!.Read(_start + offset, destination[..wanted]);
        }

        Memory.AsSpan((int)offset, wanted).CopyTo(destination);
        return wanted;
    }
}
