using System.Reflection;
using System.Runtime.InteropServices;

namespace ClosureScan.Stores.Compression;

/// <summary>
/// Finds the native decoders by the names that their packages install. The names without a version belong to development
/// packages, so the loader does not find them by itself.
/// </summary>
internal static class NativeLibraries
{
    /// <summary>The name of liblzma in import declarations.</summary>
    public const string Lzma = "lzma";

    /// <summary>The name of libzstd in import declarations.</summary>
    public const string Zstd = "zstd";

    private static readonly nint LzmaHandle = Load("liblzma.so.5", "liblzma.5.dylib", "liblzma.dylib", "liblzma.so", "liblzma");
    private static readonly nint ZstdHandle = Load("libzstd.so.1", "libzstd.1.dylib", "libzstd.dylib", "libzstd.so", "libzstd");

    static NativeLibraries() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, static (name, _, _) => HandleOf(name));

    /// <summary>Whether that library is on this machine. To be asked before its first function is called.</summary>
    public static bool Has(string name) => HandleOf(name) != 0;

    private static nint HandleOf(string name) => name switch
    {
        Lzma => LzmaHandle,
        Zstd => ZstdHandle,
        _ => 0,
    };

    private static nint Load(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, typeof(NativeLibraries).Assembly, DllImportSearchPath.SafeDirectories, out nint handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
