using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ClosureScan.Stores.Wire;

/// <summary>Writes what <see cref="WireReader"/> reads, into memory until <see cref="Flush"/>. Blocks; one thread at a time. Does not own its stream.</summary>
internal sealed class WireWriter(Stream stream)
{
    private readonly ArrayBufferWriter<byte> _waiting = new();

    /// <summary>How many bytes wait to be sent.</summary>
    public int Waiting => _waiting.WrittenCount;

    /// <summary>A number.</summary>
    public WireWriter Write(ulong number)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_waiting.GetSpan(sizeof(ulong)), number);
        _waiting.Advance(sizeof(ulong));
        return this;
    }

    /// <summary>A string.</summary>
    public WireWriter Write(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Write((ulong)length);
        int padded = (length + 7) & ~7;
        Span<byte> space = _waiting.GetSpan(padded)[..padded];
        space.Clear();
        Encoding.UTF8.GetBytes(text, space);
        _waiting.Advance(padded);
        return this;
    }

    /// <summary>A number of strings.</summary>
    public WireWriter Write(IReadOnlyCollection<string> texts)
    {
        Write((ulong)texts.Count);
        foreach (string text in texts)
        {
            Write(text);
        }

        return this;
    }

    /// <summary>Sends what waits.</summary>
    public void Flush()
    {
        stream.Write(_waiting.WrittenSpan);
        stream.Flush();
        _waiting.ResetWrittenCount();
    }
}
