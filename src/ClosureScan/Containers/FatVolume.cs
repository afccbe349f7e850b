using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>The clusters of a FAT file system (see <see cref="FatFormat"/>).</summary>
internal sealed class FatVolume
{
    private const int EntrySize = 32;

    private readonly ByteSource _bytes;
    private readonly IContainerSink _sink;
    private readonly long _table;
    private readonly long _root;
    private readonly long _data;
    private readonly int _rootEntries;
    private readonly uint _rootCluster;
    private readonly long _clusters;
    private readonly int _bits;

    /// <summary>Reads the boot sector.</summary>
    public FatVolume(ByteSource bytes, IContainerSink sink)
    {
        _bytes = bytes;
        _sink = sink;
        int sector = bytes.UInt16(11);
        int clusterSectors = bytes.UInt16(13) & 0xff;
        int tables = bytes.UInt16(16) & 0xff;
        long sectors = bytes.UInt16(19) is > 0 and ushort few ? few : bytes.UInt32(32);
        long tableSectors = bytes.UInt16(22) is > 0 and ushort small ? small : bytes.UInt32(36);
        _rootEntries = bytes.UInt16(17);
        _rootCluster = bytes.UInt32(44);
        _table = bytes.UInt16(14) * (long)sector;
        _root = _table + (tables * tableSectors * sector);
        _data = _root + (((_rootEntries * EntrySize) + sector - 1) / sector * (long)sector);
        ClusterSize = clusterSectors * sector;
        _clusters = ((sectors * sector) - _data) / Math.Max(1, ClusterSize);
        _bits = _clusters < 4_085 ? 12 : _clusters < 65_525 ? 16 : 32;
        if (ClusterSize == 0 || _clusters <= 0)
        {
            throw new InvalidDataException($"A FAT file system of {sectors} sectors, {clusterSectors} of {sector} bytes a cluster.");
        }
    }

    /// <summary>The length of a cluster.</summary>
    public int ClusterSize { get; }

    /// <summary>The entries of the root directory.</summary>
    public Stream OpenRoot() => _bits == 32 ? Open(_rootCluster, uint.MaxValue) : _bytes.Slice(_root, _rootEntries * EntrySize).OpenStream();

    /// <summary>The contents of a file or directory that begins in a cluster.</summary>
    public Stream Open(uint cluster, uint size) => new FatFile(this, cluster, size);

    /// <summary>Fills <paramref name="destination"/> from an offset in a cluster on.</summary>
    public void Read(uint cluster, int offset, Span<byte> destination) =>
        _bytes.ReadExactly(_data + ((cluster - 2L) * ClusterSize) + offset, destination);

    /// <summary>Whether there is a cluster of that number; the end of a chain has one that is too high.</summary>
    public bool Has(uint cluster) => cluster >= 2 && cluster < _clusters + 2;

    /// <summary>The cluster behind one in its chain.</summary>
    public uint Next(uint cluster)
    {
        _sink.Spend(16);
        switch (_bits)
        {
            case 12:
                ushort pair = _bytes.UInt16(_table + cluster + (cluster / 2));
                return (uint)((cluster & 1) == 0 ? pair & 0xfff : pair >> 4);
            case 16:
                return _bytes.UInt16(_table + (2L * cluster));
            default:
                return _bytes.UInt32(_table + (4L * cluster)) & 0x0fff_ffff;
        }
    }
}
