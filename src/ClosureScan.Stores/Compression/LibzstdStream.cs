using System.Runtime.InteropServices;

namespace ClosureScan.Stores.Compression;

/// <summary>Undoes Zstandard by libzstd: all frames of the source, one after the other. Its window is at most 128 MiB, libzstd's own bound.</summary>
internal sealed unsafe class LibzstdStream : NativeDecoderStream
{
    private readonly void* _decoder;
    private bool _frameEnded;
    private ulong _offset;

    /// <summary>Begins to undo <paramref name="source"/>.</summary>
    public LibzstdStream(Stream source)
        : base(source)
    {
        _decoder = Libzstd.Create();
        if (_decoder is null)
        {
            Dispose();
            throw new InvalidDataException("libzstd does not start: no memory.");
        }
    }

    protected override bool Decode(byte* input, int inputLength, bool isLast, byte* output, int outputLength, out int used, out int written)
    {
        used = 0;
        written = 0;
        if (isLast && _frameEnded)
        {
            return true;
        }

        Libzstd.Buffer compressed = new() { Start = input, Length = (nuint)inputLength };
        Libzstd.Buffer plain = new() { Start = output, Length = (nuint)outputLength };
        nuint result = Libzstd.Decompress(_decoder, &plain, &compressed);
        used = (int)compressed.Position;
        written = (int)plain.Position;
        _offset += compressed.Position;
        if (Libzstd.IsError(result) != 0)
        {
            throw new InvalidDataException($"the zstd data are corrupt at byte {_offset}: {Marshal.PtrToStringUTF8((nint)Libzstd.NameOfError(result))}");
        }

        _frameEnded = result == 0;
        return isLast && written == 0 && !_frameEnded
            ? throw new InvalidDataException($"the zstd data are cut off at byte {_offset}")
            : false;
    }

    protected override void Release() => _ = Libzstd.Free(_decoder);
}
