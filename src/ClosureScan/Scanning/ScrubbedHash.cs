using System.Diagnostics;
using ClosureScan.Paths;

namespace ClosureScan.Scanning;

/// <summary>What the tools that cut references leave in the place of a hash.</summary>
internal static class ScrubbedHash
{
    /// <summary>Whether 32 bytes that are no hash were one: all <c>e</c>, which no hash has, or a hash in capitals.</summary>
    public static bool Is(ReadOnlySpan<byte> digits)
    {
        if (digits.Length != StorePathHash.Length)
        {
            return false;
        }

        if (!digits.ContainsAnyExcept((byte)'e'))
        {
            return true;
        }

        foreach (byte digit in digits)
        {
            if (digit is >= (byte)'a' and <= (byte)'z' || !NixBase32.IsDigit((byte)char.ToLowerInvariant((char)digit)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The hash that <paramref name="hash"/> is when it is read backwards.</summary>
    public static StorePathHash Reverse(StorePathHash hash)
    {
        Span<byte> digits = stackalloc byte[StorePathHash.Length];
        hash.CopyTo(digits);
        digits.Reverse();
        return StorePathHash.TryParse(digits, out StorePathHash reversed) ? reversed : throw new UnreachableException();
    }
}
