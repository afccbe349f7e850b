using System.Text;

namespace ClosureScan.Evidence;

/// <summary>Reads encoded evidence from a place on: where it lies when that is memory, through a buffer when it is a file.</summary>
internal struct EvidenceReader
{
    private const int BufferLength = 4 * 1024;

    private readonly EvidenceBlock _block;
    private byte[] _buffer;
    private int _position;
    private int _end;
    private long _next;

    /// <summary>Begins at <paramref name="offset"/> of <paramref name="block"/>.</summary>
    /// <exception cref="InvalidDataException">The block has no such place. The other members throw it where the bytes are no evidence, as those of a document may be.</exception>
    public EvidenceReader(EvidenceBlock block, long offset)
    {
        if (offset < 0 || offset > block.Length)
        {
            throw new InvalidDataException("There is no evidence at that place.");
        }

        _block = block;
        if (block.Memory is { } memory)
        {
            _buffer = memory;
            _position = (int)offset;
            _end = memory.Length;
        }
        else
        {
            _buffer = new byte[BufferLength];
            _next = offset;
        }
    }

    /// <summary>Reads a byte.</summary>
    public byte ReadByte()
    {
        Need(1);
        return _buffer[_position++];
    }

    /// <summary>Reads a number.</summary>
    public ulong ReadNumber()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = ReadByte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number of the evidence has no end.");
    }

    /// <summary>Reads a number that is a length, a count or an offset.</summary>
    public long ReadCount() => ReadNumber() is <= long.MaxValue and ulong count ? (long)count : throw new InvalidDataException("A count of the evidence is too large.");

    /// <summary>Reads a text.</summary>
    public string ReadText()
    {
        int length = ReadNumber() is var announced && announced <= (ulong)Math.Min(_block.Length, int.MaxValue) ? (int)announced : throw new InvalidDataException("A text of the evidence is longer than all of it.");
        Need(length);
        string text = Encoding.UTF8.GetString(_buffer, _position, length);
        _position += length;
        return text;
    }

    private void Need(int length)
    {
        if (_end - _position >= length)
        {
            return;
        }

        byte[] filled = new byte[Math.Max(BufferLength, length)];
        int kept = _end - _position;
        _buffer.AsSpan(_position, kept).CopyTo(filled);
        int read = _block.Memory is null ? _block.Read(_next, filled.AsSpan(kept)) : 0;
        _buffer = filled;
        _position = 0;
        _end = kept + read;
        _next += read;
        if (_end < length)
        {
            throw _block.Memory is not null ? new InvalidDataException("The evidence ends in the middle of a piece.") : new IOException("The temporary file with the evidence of a scan was cut short; scan again with room for temporary files (TMPDIR).");
        }
    }
}
