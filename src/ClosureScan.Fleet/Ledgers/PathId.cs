using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ClosureScan.Paths;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>Numbers that stand for what they are made of, so that nobody has to hand them out.</summary>
internal static class PathId
{
    /// <summary>
    /// 63 bits of a path's hash. That two of a million paths have one is less likely than 10⁻⁷; of two hundred million, a thousandth. A ledger
    /// refuses the second path then.
    /// </summary>
    public static long Of(StorePath path)
    {
        // 13 digits of 5 bits, the digits of the hash being as good as random; the last two bits are left out.
        Span<byte> digits = stackalloc byte[StorePathHash.Length];
        path.Hash.CopyTo(digits);
        ulong id = 0;
        foreach (byte digit in digits[..13])
        {
            id = (id << 5) | (uint)NixBase32.Alphabet.IndexOf((char)digit, StringComparison.Ordinal);
        }

        return (long)(id & long.MaxValue);
    }

    /// <summary>63 bits of the SHA-256 of some texts in their order.</summary>
    public static long Of(params IEnumerable<string?> texts) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts)))) & long.MaxValue;
}
