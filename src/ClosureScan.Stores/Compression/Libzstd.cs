using System.Runtime.InteropServices;

namespace ClosureScan.Stores.Compression;

/// <summary>The functions of libzstd 1 that undo Zstandard as it streams (lib/zstd.h), and whether it is on this machine.</summary>
internal static unsafe partial class Libzstd
{
    /// <summary>Whether the library is there.</summary>
    public static bool IsAvailable { get; } = NativeLibraries.Has(NativeLibraries.Zstd);

    /// <summary>Makes a decoder; null when memory is short.</summary>
    [LibraryImport(NativeLibraries.Zstd, EntryPoint = "ZSTD_createDStream")]
    public static partial void* Create();

    /// <summary>Frees a decoder.</summary>
    [LibraryImport(NativeLibraries.Zstd, EntryPoint = "ZSTD_freeDStream")]
    public static partial nuint Free(void* decoder);

    /// <summary>Goes on until the input is used up, the output is full or a frame ends. Gives 0 at the end of a frame, or an error.</summary>
    [LibraryImport(NativeLibraries.Zstd, EntryPoint = "ZSTD_decompressStream")]
    public static partial nuint Decompress(void* decoder, Buffer* output, Buffer* input);

    /// <summary>Undoes all frames of <paramref name="compressed"/> into <paramref name="plain"/>, without a window of its own.</summary>
    /// <returns>How many plain bytes there are.</returns>
    /// <exception cref="InvalidDataException">The data are damaged, cut off or have more plain bytes than there is room for.</exception>
    public static int DecompressWhole(ReadOnlySpan<byte> compressed, Span<byte> plain)
    {
        fixed (byte* input = compressed)
        fixed (byte* output = plain)
        {
            nuint result = DecompressWhole(output, (nuint)plain.Length, input, (nuint)compressed.Length);
            return IsError(result) == 0 ? (int)result : throw new InvalidDataException("the zstd data are corrupt, or too many");
        }
    }

    /// <summary>Whether what a function gave is an error: not 0.</summary>
    [LibraryImport(NativeLibraries.Zstd, EntryPoint = "ZSTD_isError")]
    public static partial uint IsError(nuint result);

    /// <summary>What an error means, as a text that is never freed.</summary>
    [LibraryImport(NativeLibraries.Zstd, EntryPoint = "ZSTD_getErrorName")]
    public static partial byte* NameOfError(nuint result);

    [LibraryImport(NativeLibraries.Zstd, EntryPoint = "ZSTD_decompress")]
    private static partial nuint DecompressWhole(byte* output, nuint outputLength, byte* input, nuint inputLength);

    /// <summary>ZSTD_inBuffer and ZSTD_outBuffer, which are laid out alike.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Buffer
    {
        /// <summary>The first byte.</summary>
        public byte* Start;

        /// <summary>How many there are.</summary>
        public nuint Length;

        /// <summary>How many of them were used.</summary>
        public nuint Position;
    }
}
