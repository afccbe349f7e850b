using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ClosureScan.Paths;

/// <summary>
/// SHA-256 by .NET, which is OpenSSL's on Unix. Where that library is missing .NET ends the process without asking, so it is looked for first. Not
/// where it is linked in, and not on other systems, which have a SHA-256 of their own.
/// </summary>
internal static class Sha256
{
    // In .NET's order (src/native/libs/System.Security.Cryptography.Native/opensslshim.c).
    private static readonly string[] Versions = ["3", "1.1", "1.0.2", "1.0.0", "10"];

    private static readonly bool IsAvailable = !OperatingSystem.IsLinux() || IsLinkedIn || CanLoad();

    private static bool IsLinkedIn => AppContext.TryGetSwitch("ClosureScan.StaticLibraries", out bool isLinkedIn) && isLinkedIn;

    /// <summary>Begins to hash what is appended.</summary>
    /// <exception cref="DllNotFoundException">There is no OpenSSL.</exception>
    public static IncrementalHash Begin()
    {
        Require();
        return IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    }

    /// <summary>The 32 bytes of the hash.</summary>
    /// <exception cref="DllNotFoundException">There is no OpenSSL.</exception>
    public static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        Require();
        return SHA256.HashData(bytes);
    }

    /// <summary>To be called before anything else that uses OpenSSL.</summary>
    /// <exception cref="DllNotFoundException">There is none.</exception>
    public static void Require()
    {
        if (!IsAvailable)
        {
            throw new DllNotFoundException(
                "OpenSSL is not on this machine (libssl.so.3 or libssl.so.1.1), and hashes are computed with it. "
                + "Install it (Debian: libssl3), or use the native program of closurescan, which has it in itself.");
        }
    }

    private static bool CanLoad()
    {
        string? wanted = Environment.GetEnvironmentVariable("CLR_OPENSSL_VERSION_OVERRIDE");
        IEnumerable<string> versions = string.IsNullOrEmpty(wanted) ? Versions : [wanted, .. Versions];

        // Never given back: .NET loads the same one.
        return versions.Any(static version => NativeLibrary.TryLoad($"libssl.so.{version}", out _));
    }
}
