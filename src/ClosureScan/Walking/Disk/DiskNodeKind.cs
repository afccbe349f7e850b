namespace ClosureScan.Walking.Disk;

/// <summary>What a name in a directory stands for.</summary>
internal enum DiskNodeKind : byte
{
    Unknown,
    File,
    Directory,
    Symlink,

    /// <summary>A socket, pipe or device, which no NAR can hold.</summary>
    Special,
}
