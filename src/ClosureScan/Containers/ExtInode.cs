namespace ClosureScan.Containers;

/// <summary>An inode of an ext4 file system.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Mode">Type and rights.</param>
/// <param name="Size">The length of the file in bytes.</param>
/// <param name="Flags">How it is stored: 0x80000 by extents, 0x10000000 in the inode.</param>
/// <param name="Map">The sixty bytes that say where.</param>
/// <param name="Inline">What follows them in the inode, its extended attributes.</param>
internal sealed record ExtInode(uint Number, ushort Mode, long Size, uint Flags, byte[] Map, byte[] Inline)
{
    /// <summary>The number of bytes of <see cref="Map"/>.</summary>
    public const int MapLength = 60;

    /// <summary>Whether extents map it; otherwise lists of blocks do.</summary>
    public bool HasExtents => (Flags & 0x80000) != 0;

    /// <summary>Whether its contents lie in the inode.</summary>
    public bool IsInline => (Flags & 0x10000000) != 0;
}
