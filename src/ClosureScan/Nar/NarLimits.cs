namespace ClosureScan.Nar;

/// <summary>The bounds Nix has (src/libutil/archive.cc); they bound the memory a hostile archive can take.</summary>
internal static class NarLimits
{
    /// <summary>Longest entry name in bytes: NAME_MAX of the file systems.</summary>
    public const int MaxNameLength = 255;

    /// <summary>Longest symlink target in bytes: PATH_MAX without its terminator.</summary>
    public const int MaxTargetLength = 4095;

    /// <summary>How many directories may lie above a node, exclusive: the root has depth 0, a node at depth 64 is refused.</summary>
    public const int MaxDepth = 64;

    /// <summary>Strings are padded with zeros to a multiple of this.</summary>
    public const int Alignment = 8;

    /// <summary>Bytes of the little-endian length before each string.</summary>
    public const int LengthSize = sizeof(ulong);

    /// <summary>How many zeros follow a string of <paramref name="length"/> bytes.</summary>
    public static int Padding(long length) => (int)(-length & (Alignment - 1));

    /// <summary>Whether Nix takes <paramref name="name"/> as the name of an entry.</summary>
    public static bool IsName(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= MaxNameLength
        && name.IndexOfAny((byte)'/', (byte)0) < 0
        && !name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8);

    /// <summary>Whether Nix takes <paramref name="target"/> as the target of a symlink.</summary>
    public static bool IsTarget(ReadOnlySpan<byte> target) =>
        target.Length is > 0 and <= MaxTargetLength && !target.Contains((byte)0);
}
