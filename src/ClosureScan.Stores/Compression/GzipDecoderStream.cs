using System.IO.Compression;
using System.Security.Cryptography;
using ClosureScan.Input;

namespace ClosureScan.Stores.Compression;

/// <summary>Undoes gzip to its very end. Owns its source.</summary>
/// <remarks>
/// .NET takes what follows the last member for padding and does not tell of it, and an empty source for empty data. So a last member of random
/// bytes is appended to the source: if these do not come out at the end, something stands before them that is no gzip. Zeros alone may, as tapes and
/// block devices leave them: gzip lets them pass too.
/// </remarks>
internal sealed class GzipDecoderStream : ForwardStream
{
    private const int SealLength = 16;
    private static readonly byte[] Seal = RandomNumberGenerator.GetBytes(SealLength);
    private static readonly byte[] SealMember = Compress(Seal);

    private readonly SealedSource _source;
    private readonly GZipStream _decoder;
    private readonly byte[] _block = new byte[(64 * 1024) + SealLength];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>How many of the last bytes are held back: they may be the seal.</summary>
    private int _held = SealLength;

    /// <summary>Begins to undo <paramref name="source"/>.</summary>
    public GzipDecoderStream(Stream source)
    {
        _source = new SealedSource(source, SealMember);
        _decoder = new GZipStream(_source, CompressionMode.Decompress);
    }

    public override int Read(Span<byte> buffer)
    {
        while (!_ended && !buffer.IsEmpty && _end - _start <= _held)
        {
            Refill();
        }

        int count = Math.Min(buffer.Length, Math.Max(_end - _start - _held, 0));
        _block.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Compress(byte[] plain)
    {
        using MemoryStream member = new();
        using (GZipStream encoder = new(member, CompressionLevel.NoCompression))
        {
            encoder.Write(plain);
        }

        return member.ToArray();
    }

    private void Refill()
    {
        _block.AsSpan(_start, _end - _start).CopyTo(_block);
        _end -= _start;
        _start = 0;
        int count = _decoder.Read(_block.AsSpan(_end));
        _end += count;
        if (count > 0)
        {
            return;
        }

        _ended = true;
        if (_source.IsEmpty)
        {
            throw new InvalidDataException("the gzip data are cut off: there are none");
        }

        if (_source.IsInPadding)
        {
            // The decoder has stopped at a zero that nothing but zeros follow, and has seen no seal.
            _held = 0;
        }
        else if (!_block.AsSpan(_start, _end - _start).SequenceEqual(Seal))
        {
            throw new InvalidDataException("bytes that are no gzip follow the gzip data");
        }
    }
}
