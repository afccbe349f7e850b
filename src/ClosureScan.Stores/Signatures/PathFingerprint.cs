using System.Text;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Signatures;

/// <summary>
/// What a signature of a path signs (Nix: src/libstore/path-info.cc): the path, the hash and length of its NAR and its references.
/// Not where the NAR lies, how it is compressed or who built it.
/// </summary>
internal static class PathFingerprint
{
    /// <summary>The text <c>1;PATH;sha256:BASE32;SIZE;REFERENCE,REFERENCE…</c> in bytes; null when hash, size or references are not told.</summary>
    public static byte[]? Of(PathInfo info)
    {
        if (info.NarHash is not { } hash || info.NarSize is not { } size || info.References is not { } references)
        {
            return null;
        }

        // References are sorted by ordinal, which is how Nix sorts them.
        StringBuilder text = new();
        text.Append("1;").Append(info.Path).Append(';').Append(hash).Append(';').Append(size).Append(';').AppendJoin(',', references);
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
