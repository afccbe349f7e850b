using ClosureScan.Paths;
using ClosureScan.Scanning;
using CsCheck;

namespace ClosureScan.Tests.Scanning;

/// <summary>
/// Wanted hashes, and bytes in which pieces of all kinds follow each other without a seam: whole hashes, near-misses, beginnings
/// and ends of hashes, letters, other bytes. CsCheck prints the seed of a failure.
/// </summary>
internal sealed record Mixture(ReferenceSet References, byte[] Bytes)
{
    // A small alphabet makes hashes share grams.
    private static readonly Gen<byte> Letter = Gen.OneOf(
        Gen.Int[0, 31].Select(digit => (byte)NixBase32.Alphabet[digit]),
        Gen.Int[0, 1].Select(digit => (byte)NixBase32.Alphabet[digit]));

    private static readonly Gen<StorePathHash> Hash = Gen.OneOf(
        Gen.Int[0, 31].Select(digit => (byte)NixBase32.Alphabet[digit]).Array[32],
        Gen.Int[0, 1].Select(digit => (byte)NixBase32.Alphabet[digit]).Array[32]).Select(digits => Letters.Hash(digits));

    /// <summary>Any of them.</summary>
    public static Gen<Mixture> Any { get; } = Gen.SelectMany(Hash.Array[1, 20], hashes =>
        Piece(hashes).Array[0, 40].Select(pieces => new Mixture(ReferenceSet.Create(hashes), [.. pieces.SelectMany(piece => piece)])));

    private static Gen<byte[]> Piece(StorePathHash[] hashes)
    {
        Gen<StorePathHash> wanted = Gen.Int[0, hashes.Length - 1].Select(index => hashes[index]);
        return Gen.OneOf(
            wanted.Select(Letters.Bytes),
            Gen.Select(wanted, Gen.Int[0, 31], Letters.NearMiss),
            Gen.Select(wanted, Gen.Int[0, 31], (hash, length) => Letters.Bytes(hash)[..length]),
            Gen.Select(wanted, Gen.Int[0, 31], (hash, length) => Letters.Bytes(hash)[length..]),
            Letter.Array[0, 80],
            Gen.Byte.Array[0, 80],
            Gen.Int[0, 200].Select(length => new byte[length]));
    }
}
