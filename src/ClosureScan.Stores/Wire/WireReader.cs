using System.Buffers.Binary;
using System.Text;

namespace ClosureScan.Stores.Wire;

/// <summary>
/// Reads what Nix's protocols are made of (Nix: src/libutil/serialise.cc): numbers of 64 bits, little end first, and strings with their
/// length before and zeros up to the next multiple of 8 behind. Nothing is allocated for a length before it is checked. Blocks; one
/// thread at a time. Does not own its stream.
/// </summary>
internal sealed class WireReader(Stream stream)
{
    private const int Alignment = 8;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Bytes read so far.</summary>
    public long Position { get; private set; }

    /// <summary>A number.</summary>
    /// <exception cref="WireException">The stream ends.</exception>
    public ulong ReadNumber()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        ReadExactly(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>A number that counts or measures something, and so is bounded.</summary>
    /// <exception cref="WireException">It is larger, or the stream ends.</exception>
    public long ReadCount(long most, string what)
    {
        ulong number = ReadNumber();
        return number <= (ulong)most ? (long)number : throw new WireException($"{what} of {number} at byte {Position - sizeof(ulong)} is beyond {most}");
    }

    /// <summary>A string's bytes.</summary>
    /// <exception cref="WireException">It is longer, its padding is not zero, or the stream ends.</exception>
    public byte[] ReadBytes(int most)
    {
        byte[] bytes = new byte[ReadCount(most, "a length")];
        ReadExactly(bytes);
        Span<byte> padding = stackalloc byte[(Alignment - bytes.Length % Alignment) % Alignment];
        ReadExactly(padding);
        return padding.ContainsAnyExcept((byte)0) ? throw new WireException($"the padding before byte {Position} is not zero") : bytes;
    }

    /// <summary>A string as text.</summary>
    /// <exception cref="WireException">It is longer, its padding is not zero, or the stream ends.</exception>
    public string ReadText(int most) => Encoding.UTF8.GetString(ReadBytes(most));

    /// <summary>A number of strings.</summary>
    /// <exception cref="WireException">There are more, one is longer, or the stream ends.</exception>
    public List<string> ReadTexts(int mostTexts, int mostBytes)
    {
        long count = ReadCount(mostTexts, "a number of strings");
        List<string> texts = [];
        for (long index = 0; index < count; index++)
        {
            texts.Add(ReadText(mostBytes));
        }

        return texts;
    }

    /// <summary>As many bytes as there are, at most <paramref name="destination"/>'s; 0 at the end of the stream.</summary>
    public int Read(Span<byte> destination)
    {
        if (_start == _end && destination.Length >= _buffer.Length)
        {
            int read = stream.Read(destination);
            Position += read;
            return read;
        }

        if (_start == _end)
        {
            _start = 0;
            _end = stream.Read(_buffer);
        }

        int count = Math.Min(destination.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(destination);
        _start += count;
        Position += count;
        return count;
    }

    private void ReadExactly(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int count = Read(destination);
            destination = count > 0 ? destination[count..] : throw new WireException($"the connection ends at byte {Position}");
        }
    }
}
