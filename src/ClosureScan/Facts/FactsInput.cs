using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ClosureScan.Evidence;
using ClosureScan.Spooling;

namespace ClosureScan.Facts;

/// <summary>Reads records as <see cref="FactsOutput"/> writes them. What a length announces takes no memory before it has come.</summary>
/// <param name="input">The document; left open.</param>
/// <param name="spool">Who holds the evidence; null for one of the document's own.</param>
internal sealed class FactsInput(Stream input, EvidenceSpool? spool = null) : IDisposable
{
    private const int ChunkLength = 64 * 1024;

    /// <summary>No record is longer: that of a path with a hundred thousand programs has some 20 MiB.</summary>
    private const long MaxRecord = 1L << 30;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly BufferedStream _input = new(input, ChunkLength);
    private readonly EvidenceSpool _spool = spool ?? new();
    private readonly StrongBox<long> _total = new();

    /// <summary>How many bytes were read.</summary>
    public long Position { get; private set; }

    /// <summary>Reads as many bytes; fewer at the end.</summary>
    public byte[] Raw(int length)
    {
        byte[] bytes = new byte[length];
        int count = _input.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
        _hash.AppendData(bytes, 0, count);
        Position += count;
        return count == length ? bytes : bytes[..count];
    }

    public FactsRecord Record()
    {
        long start = Position;
        long length = Length();
        if (length > MaxRecord)
        {
            throw new FactsFormatException(start, "a record is too long to be one.");
        }

        long offset = Position;
        using MemoryStream bytes = new((int)Math.Min(length, ChunkLength));
        Copy(length, chunk => bytes.Write(chunk));
        return new FactsRecord(bytes.GetBuffer().AsMemory(0, (int)length), offset, _total);
    }

    /// <summary>A record of evidence: in memory while there is little, in a temporary file when there is much.</summary>
    public EvidenceBlock Evidence()
    {
        long length = Length();
        if (length <= EvidenceSpool.MaxHeld && _spool.TryHold(length))
        {
            using MemoryStream bytes = new((int)Math.Min(length, ChunkLength));
            Copy(length, chunk => bytes.Write(chunk));
            return new EvidenceBlock(bytes.ToArray());
        }

        SpoolFile file = _spool.File;
        long start = file.Length;
        Copy(length, chunk => file.Append(chunk));
        return new EvidenceBlock(file, start, length);
    }

    /// <summary>Reads the sum, and refuses a document that is not what was written.</summary>
    public void End()
    {
        long offset = Position;
        byte[] wanted = _hash.GetCurrentHash();
        if (!Raw(wanted.Length).AsSpan().SequenceEqual(wanted))
        {
            throw new FactsFormatException(offset, "the sum at the end is not that of what comes before: the document is damaged, or cut short.");
        }

        if (_input.ReadByte() >= 0)
        {
            throw new FactsFormatException(Position, "something follows the document.");
        }
    }

    public void Dispose()
    {
        _hash.Dispose();
        _input.Dispose();
    }

    private long Length()
    {
        long start = Position;
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Raw(1) is [byte read] ? read : throw CutShort();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value <= long.MaxValue ? (long)value : throw new FactsFormatException(start, "a record is too long to be one.");
            }
        }

        throw new FactsFormatException(start, "a length has no end.");
    }

    private void Copy(long length, Action<byte[]> take)
    {
        while (length > 0)
        {
            byte[] chunk = Raw((int)Math.Min(length, ChunkLength));
            if (chunk.Length == 0)
            {
                throw CutShort();
            }

            take(chunk);
            length -= chunk.Length;
        }
    }

    private FactsFormatException CutShort() => new(Position, "the document is cut short.");
}
