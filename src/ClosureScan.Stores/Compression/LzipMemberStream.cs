using System.Buffers.Binary;
using ClosureScan.Input;
using SharpCompress.Compressors;
using SharpCompress.Compressors.LZMA;

namespace ClosureScan.Stores.Compression;

/// <summary>
/// A member of lzip data, whose decoder passes over the trailer. The trailer's lengths, of the contents and of the member, are compared: data
/// that are cut off within the trailer would else be taken for whole. Does not own its source.
/// </summary>
internal sealed class LzipMemberStream : ForwardStream
{
    private readonly WholeReads _source;
    private readonly Stream _decoder;
    private readonly long _start;
    private long _given;

    /// <summary>Begins to undo the member that <paramref name="source"/> stands at.</summary>
    public LzipMemberStream(WholeReads source)
    {
        _source = source;
        _start = source.Position;
        _decoder = LZipStream.Create(source, CompressionMode.Decompress);
    }

    public override int Read(Span<byte> buffer)
    {
        int count = _decoder.Read(buffer);
        _given += count;
        if (count == 0 && !buffer.IsEmpty)
        {
            ReadOnlySpan<byte> lengths = _source.Last(2 * sizeof(long));
            if (BinaryPrimitives.ReadInt64LittleEndian(lengths) != _given
                || BinaryPrimitives.ReadInt64LittleEndian(lengths[sizeof(long)..]) != _source.Position - _start)
            {
                throw new InvalidDataException("the lzip data are cut off, or their trailer is damaged");
            }
        }

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
        }

        base.Dispose(disposing);
    }
}
