using System.Buffers;
using ClosureScan.Input;

namespace ClosureScan.Stores.Compression;

/// <summary>What streams over native decoders have in common: their input, and the loop around it. Not thread-safe; owns its source.</summary>
internal abstract unsafe class NativeDecoderStream(Stream source) : ForwardStream
{
    private const int InputSize = 128 * 1024;

    private byte[] _input = ArrayPool<byte>.Shared.Rent(InputSize);
    private int _inputStart;
    private int _inputEnd;
    private bool _sourceEnded;
    private bool _ended;
    private bool _released;

    ~NativeDecoderStream() => ReleaseOnce();

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_released, this);
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        // Pinned for the calls below; decoders get both addresses anew each time and keep neither.
        fixed (byte* output = buffer)
        fixed (byte* input = _input)
        {
            int count = 0;
            while (count == 0 && !_ended)
            {
                Refill();

                // Once failed, a decoder has nothing more to say.
                _ended = true;
                _ended = Decode(input + _inputStart, _inputEnd - _inputStart, _sourceEnded, output, buffer.Length, out int used, out count);
                _inputStart += used;
            }

            return count;
        }
    }

    /// <summary>Decodes as much as there is input for or room for.</summary>
    /// <param name="input">The compressed bytes.</param>
    /// <param name="inputLength">How many; 0 only when there are none left.</param>
    /// <param name="isLast">Whether there are none left.</param>
    /// <param name="output">Where the plain bytes go.</param>
    /// <param name="outputLength">How many there is room for, at least 1.</param>
    /// <param name="used">How many bytes of the input were used.</param>
    /// <param name="written">How many plain bytes there are.</param>
    /// <returns>Whether these were the last.</returns>
    /// <exception cref="InvalidDataException">The data are damaged, cut off or need too much memory.</exception>
    protected abstract bool Decode(byte* input, int inputLength, bool isLast, byte* output, int outputLength, out int used, out int written);

    /// <summary>Frees what is not the collector's. Called once.</summary>
    protected abstract void Release();

    protected override void Dispose(bool disposing)
    {
        ReleaseOnce();
        if (disposing && _input.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_input);
            _input = [];
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ReleaseOnce()
    {
        if (!_released)
        {
            _released = true;
            Release();
        }
    }

    private void Refill()
    {
        if (_inputStart < _inputEnd || _sourceEnded)
        {
            return;
        }

        _inputStart = 0;
        _inputEnd = source.Read(_input);
        _sourceEnded = _inputEnd == 0;
    }
}
