using System.Runtime.InteropServices;

namespace ClosureScan.Stores.Compression;

/// <summary>Undoes xz by liblzma.</summary>
internal sealed unsafe class LiblzmaStream : NativeDecoderStream
{
    /// <summary>
    /// How much memory one decoder may take: 128 MiB, twice what <c>xz -9</c> needs to be undone (65 MiB).
    /// What Nix and Hydra write (level 6) needs 9 MiB.
    /// </summary>
    public const long MemoryLimit = 128L << 20;

    // Native code keeps the address of this struct from call to call, so it lies where the collector does not move it.
    private readonly Liblzma.LzmaStream* _state;

    /// <summary>Begins to undo <paramref name="source"/>.</summary>
    public LiblzmaStream(Stream source)
        : base(source)
    {
        _state = (Liblzma.LzmaStream*)NativeMemory.AllocZeroed((nuint)sizeof(Liblzma.LzmaStream));
        Liblzma.Status status = Liblzma.BeginXz(_state, (ulong)MemoryLimit, Liblzma.Concatenated);
        if (status != Liblzma.Status.Ok)
        {
            Dispose();
            throw new InvalidDataException($"liblzma does not start: {status}.");
        }
    }

    protected override bool Decode(byte* input, int inputLength, bool isLast, byte* output, int outputLength, out int used, out int written)
    {
        _state->NextIn = input;
        _state->AvailableIn = (nuint)inputLength;
        _state->NextOut = output;
        _state->AvailableOut = (nuint)outputLength;
        Liblzma.Status status = Liblzma.Code(_state, isLast ? Liblzma.Finish : Liblzma.Run);
        used = inputLength - (int)_state->AvailableIn;
        written = outputLength - (int)_state->AvailableOut;
        return status is Liblzma.Status.Ok or Liblzma.Status.StreamEnd
            ? status == Liblzma.Status.StreamEnd
            : throw new InvalidDataException(Explain(status, _state->TotalIn));
    }

    protected override void Release()
    {
        Liblzma.End(_state);
        NativeMemory.Free(_state);
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
