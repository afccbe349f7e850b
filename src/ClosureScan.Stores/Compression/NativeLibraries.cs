using System.Diagnostics.CodeAnalysis;
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

    static NativeLibraries() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, static (name, _, _) => Load(name));

    /// <summary>Whether that library is on this machine. To be asked before its first function is called.</summary>
    public static bool Has(string name) => IsLinkedIn || Load(name) != 0;

    /// <summary>Whether this is a program that the libraries were linked into.</summary>
    [FeatureSwitchDefinition("ClosureScan.StaticLibraries")]
    private static bool IsLinkedIn => AppContext.TryGetSwitch("ClosureScan.StaticLibraries", out bool isLinkedIn) && isLinkedIn;

    /// <summary>
    /// A handle of its own for every call, never one that is kept: of two threads that call a library's first function at once, the
    /// runtime closes the handle of the one that is second. A handle that both had would be gone for both, and the library with it.
    /// </summary>
    private static nint Load(string name) => name switch
    {
        Lzma => LoadFirst("liblzma.so.5", "liblzma.5.dylib", "liblzma.dylib", "liblzma.so", "liblzma"),
        Zstd => LoadFirst("libzstd.so.1", "libzstd.1.dylib", "libzstd.dylib", "libzstd.so", "libzstd"),
        _ => 0,
    };

    private static nint LoadFirst(params ReadOnlySpan<string> names)
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
