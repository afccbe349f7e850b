using System.Buffers;
using System.Text;
using ClosureScan.Paths;

namespace ClosureScan.Scanning;

/// <summary>What a store path looks like that is spelled out: the store directory, 32 letters and digits, a dash, a name.</summary>
internal sealed class StorePathPattern
{
    /// <summary>Hash, dash and longest name.</summary>
    public const int MaxBaseName = StorePathHash.Length + 1 + StorePath.MaxNameLength;

    /// <summary>The longest store directory and its slash.</summary>
    public const int MaxPrefix = RollingWindow.Before / 2;

    private static readonly SearchValues<byte> NameCharacters =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-._?="u8);

    private readonly byte[] _prefix;

    /// <summary>Makes a pattern for paths in <paramref name="storeDirectory"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="storeDirectory"/> is not absolute, or ends in a slash, or has more than 255 bytes.</exception>
    public StorePathPattern(string storeDirectory)
    {
        ArgumentNullException.ThrowIfNull(storeDirectory);
        _prefix = Encoding.UTF8.GetBytes(storeDirectory + "/");
        if (!storeDirectory.StartsWith('/') || storeDirectory.EndsWith('/') || _prefix.Length > MaxPrefix)
        {
            throw new ArgumentException(
                $"\"{storeDirectory}\" is no store directory: expected an absolute path of at most 255 bytes without a slash at its end.", nameof(storeDirectory));
        }
    }

    /// <summary>Finds the first path whose hash begins at <paramref name="from"/> or behind it, and before <paramref name="end"/>.</summary>
    public bool TryFind(ReadOnlySpan<byte> bytes, int from, int end, out SpelledPath path)
    {
        int start = Math.Max(0, from - _prefix.Length);
        int limit = Math.Min(bytes.Length, end);
        while (start < limit && bytes[start..limit].IndexOf(_prefix) is >= 0 and int found)
        {
            int hash = start + found + _prefix.Length;
            start += found + 1;
            ReadOnlySpan<byte> baseName = bytes[hash..Math.Min(bytes.Length, hash + MaxBaseName)];
            if (hash >= from && hash < end
                && baseName.Length > StorePathHash.Length + 1 && baseName[StorePathHash.Length] == '-' && IsHash(baseName[..StorePathHash.Length]))
            {
                ReadOnlySpan<byte> name = baseName[(StorePathHash.Length + 1)..];
                int length = name.IndexOfAnyExcept(NameCharacters);
                length = length < 0 ? name.Length : length;
                if (length > 0)
                {
                    path = new SpelledPath(hash, hash + StorePathHash.Length + 1, length, hash + 1);
                    return true;
                }
            }
        }

        path = default;
        return false;
    }

    // Digits of hashes, and whatever else a tool may have put in their place.
    private static bool IsHash(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (!char.IsAsciiLetterOrDigit((char)value))
            {
                return false;
            }
        }

        return true;
    }
}
