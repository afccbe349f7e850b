using System.Text;
using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Tests.Scanning;

/// <summary>Hashes, near-misses and walls of letters, all from a seed.</summary>
internal static class Letters
{
    public static byte[] Wall(Random random, int length)
    {
        byte[] wall = new byte[length];
        foreach (ref byte letter in wall.AsSpan())
        {
            letter = (byte)NixBase32.Alphabet[random.Next(32)];
        }

        return wall;
    }

    public static StorePathHash Hash(Random random) => Hash(Wall(random, StorePathHash.Length));

    public static StorePathHash Hash(ReadOnlySpan<byte> digits) =>
        StorePathHash.TryParse(digits, out StorePathHash hash) ? hash : throw new ArgumentException(Encoding.Latin1.GetString(digits));

    public static StorePathHash[] Hashes(Random random, int count)
    {
        var hashes = new StorePathHash[count];
        foreach (ref StorePathHash hash in hashes.AsSpan())
        {
            hash = Hash(random);
        }

        return hashes;
    }

    public static byte[] Bytes(StorePathHash hash)
    {
        byte[] bytes = new byte[StorePathHash.Length];
        hash.CopyTo(bytes);
        return bytes;
    }

    /// <summary>The hash with the letter at <paramref name="position"/> replaced by another letter.</summary>
    public static byte[] NearMiss(StorePathHash hash, int position)
    {
        byte[] bytes = Bytes(hash);
        bytes[position] = (byte)(bytes[position] == '0' ? '1' : '0');
        return bytes;
    }

    /// <summary>A set of all windows of 32 letters in <paramref name="text"/>: each of them is to be found.</summary>
    public static ReferenceSet Windows(ReadOnlySpan<byte> text)
    {
        var windows = new List<StorePathHash>();
        for (int start = 0; start + StorePathHash.Length <= text.Length; start++)
        {
            if (StorePathHash.TryParse(text.Slice(start, StorePathHash.Length), out StorePathHash hash))
            {
                windows.Add(hash);
            }
        }

        return ReferenceSet.Create(windows);
    }
}
