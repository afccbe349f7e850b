using System.Buffers;
using System.IO.Compression;
using ClosureScan.Input;

namespace ClosureScan.Stores.Compression;

/// <summary>Undoes Brotli to its very end: .NET's own stream passes over what follows, and takes an empty source for empty data. Owns its source.</summary>
internal sealed class BrotliDecoderStream(Stream source) : ForwardStream
{
    private readonly byte[] _input = new byte[64 * 1024];
    private BrotliDecoder _decoder;
    private int _start;
    private int _end;
    private bool _sourceEnded;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        while (!_ended && !buffer.IsEmpty)
        {
            OperationStatus status = _decoder.Decompress(_input.AsSpan(_start, _end - _start), buffer, out int used, out int written);
            _start += used;
            switch (status)
            {
                case OperationStatus.Done:
                    _ended = true;
                    ThrowIfMoreFollows();
                    break;
                case OperationStatus.InvalidData:
                    throw new InvalidDataException("the Brotli data are corrupt");
                case OperationStatus.NeedMoreData when written == 0:
                    Refill();
                    break;
            }

            if (written > 0)
            {
                return written;
            }
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Refill()
    {
        if (_sourceEnded)
        {
            throw new InvalidDataException("the Brotli data are cut off");
        }

        // The decoder leaves what it cannot use yet.
        _input.AsSpan(_start, _end - _start).CopyTo(_input);
        _end -= _start;
        _start = 0;
        int count = source.Read(_input.AsSpan(_end));
        _end += count;
        _sourceEnded = count == 0;
    }

    private void ThrowIfMoreFollows()
    {
        if (_start < _end || source.Read(_input) > 0)
        {
            throw new InvalidDataException("bytes follow the Brotli data");
        }
    }
}
