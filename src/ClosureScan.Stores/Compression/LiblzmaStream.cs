using System.Runtime.InteropServices;

namespace ClosureScan.Stores.Compression;

/// <summary>Undoes xz by liblzma, some three times as fast as the managed decoder. Not thread-safe; owns its source.</summary>
internal sealed unsafe class LiblzmaStream : DecoderStream
{
    /// <summary>
    /// How much memory one decoder may take: 128 MiB, twice what <c>xz -9</c> needs to be undone (65 MiB).
    /// What Nix and Hydra write (level 6) needs 9 MiB.
    /// </summary>
    public const long MemoryLimit = 128L << 20;

    private const int InputSize = 128 * 1024;

    private readonly Stream _source;
    private readonly byte[] _input = new byte[InputSize];

    // Native code keeps the address of this struct from call to call, so it lies where the collector does not move it.
    private Liblzma.LzmaStream* _state;
    private int _inputStart;
    private int _inputEnd;
    private bool _sourceEnded;
    private bool _ended;

    /// <summary>Begins to undo <paramref name="source"/>.</summary>
    public LiblzmaStream(Stream source)
    {
        _source = source;
        _state = (Liblzma.LzmaStream*)NativeMemory.AllocZeroed((nuint)sizeof(Liblzma.LzmaStream));
        Liblzma.Status status = Liblzma.BeginXz(_state, (ulong)MemoryLimit, Liblzma.Concatenated);
        if (status != Liblzma.Status.Ok)
        {
            Dispose();
            throw new InvalidDataException($"liblzma does not start: {status}.");
        }
    }

    ~LiblzmaStream() => Release();

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_state is null, this);
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        // Pinned for the calls below, and nothing native reads or writes them afterwards: both addresses are set anew each time.
        fixed (byte* output = buffer)
        fixed (byte* input = _input)
        {
            _state->NextOut = output;
            _state->AvailableOut = (nuint)buffer.Length;
            while (_state->AvailableOut == (nuint)buffer.Length && !_ended)
            {
                Refill();
                _state->NextIn = input + _inputStart;
                _state->AvailableIn = (nuint)(_inputEnd - _inputStart);
                Liblzma.Status status = Liblzma.Code(_state, _sourceEnded ? Liblzma.Finish : Liblzma.Run);
                _inputStart = _inputEnd - (int)_state->AvailableIn;
                _ended = status == Liblzma.Status.StreamEnd;
                if (!_ended && status != Liblzma.Status.Ok)
                {
                    // Once failed, a decoder has nothing more to say.
                    _ended = true;
                    throw new InvalidDataException(Explain(status, _state->TotalIn));
                }
            }

            return buffer.Length - (int)_state->AvailableOut;
        }
    }

    protected override void Dispose(bool disposing)
    {
        Release();
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Refill()
    {
        if (_inputStart < _inputEnd || _sourceEnded)
        {
            return;
        }

        _inputStart = 0;
        _inputEnd = _source.Read(_input);
        _sourceEnded = _inputEnd == 0;
    }

    private void Release()
    {
        if (_state is not null)
        {
            Liblzma.End(_state);
            NativeMemory.Free(_state);
            _state = null;
        }
    }

    private static string Explain(Liblzma.Status status, ulong offset) => status switch
    {
        Liblzma.Status.Buffer => $"the xz data are cut off at byte {offset}",
        Liblzma.Status.Format => $"there are no xz data at byte {offset}",
        Liblzma.Status.Data => $"the xz data are corrupt at byte {offset}",
        Liblzma.Status.MemoryLimit or Liblzma.Status.OutOfMemory => $"the xz data need more than {MemoryLimit >> 20} MiB of memory to be undone",
        Liblzma.Status.Options => $"the xz data use a filter or check unknown to liblzma, at byte {offset}",
        _ => $"liblzma fails with status {(int)status} at byte {offset}",
    };
}
