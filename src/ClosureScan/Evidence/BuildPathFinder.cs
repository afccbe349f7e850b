using System.Buffers;
using ClosureScan.Scanning;

namespace ClosureScan.Evidence;

/// <summary>
/// Finds names of directories that existed while Nix built: <c>/build/source</c> and <c>/build/NAME-1.2</c> below the sandbox's build
/// directory, and <c>/tmp/nix-build-…</c> outside a sandbox. Any other <c>/build/…</c> may be the address of a page.
/// </summary>
internal sealed class BuildPathFinder(FileHits hits) : IFinder
{
    private const int MaxName = 64;

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-._"u8);

    // What a longer path, an address or a variable has before its next slash.
    private static readonly SearchValues<byte> PathBytes =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-._/@~%$)}]*?#&"u8);

    private static ReadOnlySpan<byte> Sandbox => "/build/"u8;

    private static ReadOnlySpan<byte> Temporary => "/tmp/nix-build-"u8;

    private static int TemporaryWord => Temporary.Length - "build-"u8.Length;

    /// <inheritdoc/>
    public void Find(in StreamWindow window, PlaceList places)
    {
        ReadOnlySpan<byte> bytes = window.Bytes;
        int limit = Math.Min(bytes.Length, window.End + Temporary.Length);
        for (int word = window.Start; word < limit && bytes[word..limit].IndexOf("build"u8) is >= 0 and int next; word++)
        {
            word += next;
            int start = word - 1;
            bool isSandbox = IsAt(bytes, start, Sandbox);
            if (!isSandbox)
            {
                start = word - TemporaryWord;
                if (!IsAt(bytes, start, Temporary))
                {
                    continue;
                }
            }

            if (start < window.Start || start >= window.End)
            {
                continue;
            }

            ReadOnlySpan<byte> rest = bytes[(start + (isSandbox ? Sandbox : Temporary).Length)..];
            rest = rest[..Math.Min(rest.Length, MaxName)];
            int end = rest.IndexOfAnyExcept(NameBytes);
            ReadOnlySpan<byte> name = rest[..(end < 0 ? rest.Length : end)];
            bool isDirectory = end >= 0 && rest[end] == '/';
            if (!isSandbox || name.SequenceEqual("source"u8) || (isDirectory && HasVersion(name)))
            {
                places.Add(new FoundPlace(hits, 0, start, 0));
            }
        }
    }

    private static bool IsAt(ReadOnlySpan<byte> bytes, int start, ReadOnlySpan<byte> prefix) =>
        start >= 0
        && bytes[start..].StartsWith(prefix)
        && (start == 0
            || !PathBytes.Contains(bytes[start - 1])
            || (start > 1 && bytes[start - 2] == '-' && bytes[start - 1] is (byte)'I' or (byte)'L'));

    private static bool HasVersion(ReadOnlySpan<byte> name)
    {
        for (int dash = 1; dash + 1 < name.Length; dash++)
        {
            if (name[dash] == '-' && name[dash + 1] is >= (byte)'0' and <= (byte)'9')
            {
                return true;
            }
        }

        return false;
    }
}
