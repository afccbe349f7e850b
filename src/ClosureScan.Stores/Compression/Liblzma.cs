using System.Runtime.InteropServices;

namespace ClosureScan.Stores.Compression;

/// <summary>The functions of liblzma 5 that undo xz, and whether it is on this machine.</summary>
internal static unsafe partial class Liblzma
{
    /// <summary>LZMA_CONCATENATED: several xz streams one after the other are one file, as <c>xz -d</c> has it.</summary>
    public const uint Concatenated = 0x08;

    /// <summary>LZMA_RUN: there may be more input.</summary>
    public const int Run = 0;

    /// <summary>LZMA_FINISH: all input has been given.</summary>
    public const int Finish = 3;

    /// <summary>Whether the library is there.</summary>
    public static bool IsAvailable { get; } = NativeLibraries.Has(NativeLibraries.Lzma);

    /// <summary>Prepares <paramref name="stream"/> to undo xz within <paramref name="memoryLimit"/> bytes.</summary>
    [LibraryImport(NativeLibraries.Lzma, EntryPoint = "lzma_stream_decoder")]
    public static partial Status BeginXz(LzmaStream* stream, ulong memoryLimit, uint flags);

    /// <summary>Goes on until the input is used up or the output is full.</summary>
    [LibraryImport(NativeLibraries.Lzma, EntryPoint = "lzma_code")]
    public static partial Status Code(LzmaStream* stream, int action);

    /// <summary>Frees what <paramref name="stream"/> holds.</summary>
    [LibraryImport(NativeLibraries.Lzma, EntryPoint = "lzma_end")]
    public static partial void End(LzmaStream* stream);

    /// <summary>lzma_ret, as of liblzma 5.</summary>
    public enum Status
    {
        /// <summary>Went well.</summary>
        Ok = 0,

        /// <summary>All input is undone.</summary>
        StreamEnd = 1,

        /// <summary>More memory is needed than allowed, here than the machine has.</summary>
        OutOfMemory = 5,

        /// <summary>More memory is needed than allowed.</summary>
        MemoryLimit = 6,

        /// <summary>Not xz.</summary>
        Format = 7,

        /// <summary>An unknown filter or check.</summary>
        Options = 8,

        /// <summary>The data contradict themselves or their check sum.</summary>
        Data = 9,

        /// <summary>No progress was possible: the input is cut off.</summary>
        Buffer = 10,
    }

    /// <summary>lzma_stream, as of liblzma 5 (src/liblzma/api/lzma/base.h).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct LzmaStream
    {
        /// <summary>The next input byte.</summary>
        public byte* NextIn;

        /// <summary>How many input bytes there are.</summary>
        public nuint AvailableIn;

        /// <summary>Input bytes used since the beginning.</summary>
        public ulong TotalIn;

        /// <summary>Where the next output byte goes.</summary>
        public byte* NextOut;

        /// <summary>How much room there is.</summary>
        public nuint AvailableOut;

        /// <summary>Output bytes written since the beginning.</summary>
        public ulong TotalOut;

        private readonly void* _allocator;
        private readonly void* _internal;
        private readonly void* _reserved1;
        private readonly void* _reserved2;
        private readonly void* _reserved3;
        private readonly void* _reserved4;
        private readonly ulong _seekPosition;
        private readonly ulong _reserved5;
        private readonly nuint _reserved6;
        private readonly nuint _reserved7;
        private readonly uint _reserved8;
        private readonly uint _reserved9;
    }
}
