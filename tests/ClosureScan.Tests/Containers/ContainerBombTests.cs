using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ClosureScan.Testing;
using ClosureScan.Tests.Evidence;
using static ClosureScan.Tests.Containers.Images;
using static ClosureScan.Tests.Evidence.Packed;

namespace ClosureScan.Tests.Containers;

/// <summary>Small files that are made to take time or memory without end: a deep scan says that it left something out, and takes little of either.</summary>
[Trait(Tier.Name, Tier.Laws)]
public sealed class ContainerBombTests
{
    private const long MaxAllocated = 64 * 1024 * 1024;

    // A path that is walked is made and let go of, and as many paths are walked as the bound on expansion allows.
    private const long MaxAllocatedInPaths = 4 * MaxAllocated;

    private static readonly byte[] Zeros = new byte[160 * 1024 * 1024];

    [Fact]
    public void Zip_whose_members_share_their_bytes() =>
        Check(ScanRemarkKind.ExpansionBounded, Shared(Deflated(Zeros.AsSpan(0, 8 * 1024 * 1024)), 8 * 1024 * 1024, members: 2_000));

    [Fact]
    public void Zip_of_more_members_than_it_says()
    {
        byte[] zip = Shared(Deflated("x"u8), 1, members: 300_000);
        BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(zip.Length - 22 + 10), 5);
        Check(ScanRemarkKind.ContainerClosed, zip);
    }

    [Fact]
    public void Zips_in_a_zip_by_the_thousand()
    {
        byte[] zip = Zip(("zeros", Zeros[..(4 * 1024 * 1024)]));
        for (int level = 0; level < 4; level++)
        {
            zip = Zip([.. Enumerable.Range(0, 16).Select(member => ($"{member}", zip))]);
        }

        Check(ScanRemarkKind.ExpansionBounded, zip);
    }

    [Fact]
    public void Zip_in_a_zip_without_end()
    {
        byte[] zip = Zip(("text", "x"u8.ToArray()));
        for (int level = 0; level < 40; level++)
        {
            zip = Zip(("inner.zip", zip));
        }

        Check(ScanRemarkKind.NestedTooDeep, zip);
    }

    [Theory]
    [InlineData("file", "000081a4", "ffffffff", "00000002", ScanRemarkKind.ExpansionBounded)]
    [InlineData("directory with contents", "000041ed", "ffffffff", "00000002", ScanRemarkKind.ExpansionBounded)]
    [InlineData("symlink", "0000a1ff", "ffffffff", "00000002", ScanRemarkKind.ExpansionBounded)]
    [InlineData("name", "000081a4", "00000000", "ffffffff", ScanRemarkKind.CompressedDamaged)]
    public void Cpio_with_a_huge(string what, string mode, string size, string nameLength, ScanRemarkKind expected)
    {
        string header = $"070701{new string('0', 8)}{mode}{new string('0', 32)}{size}{new string('0', 32)}{nameLength}{new string('0', 8)}a\0";
        Check(expected, Gzip([.. Encoding.ASCII.GetBytes(header), .. Zeros]));
        Check(ScanRemarkKind.CompressedDamaged, Encoding.ASCII.GetBytes(header + what));
    }

    [Fact]
    public void Cpio_followed_by_nothing_without_end()
    {
        string trailer = $"070701{new string('0', 88)}0000000b{new string('0', 8)}TRAILER!!!\0\0\0\0";
        Check(ScanRemarkKind.ExpansionBounded, Gzip([.. Encoding.ASCII.GetBytes(trailer), .. Zeros]));
    }

    [Theory]
    [InlineData('0')]
    [InlineData('g')]
    [InlineData('L')]
    [InlineData('x')]
    [InlineData('V')]
    public void Tar_with_a_huge_member(char type)
    {
        byte[] header = new byte[512];
        "name"u8.CopyTo(header);
        "77777777777 "u8.CopyTo(header.AsSpan(124));
        header[156] = (byte)type;
        "ustar\0"u8.CopyTo(header.AsSpan(257));
        "        "u8.CopyTo(header.AsSpan(148));
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0') + "\0 ").CopyTo(header.AsSpan(148));
        Check(ScanRemarkKind.ExpansionBounded, Gzip([.. header, .. Zeros]));
        Check(ScanRemarkKind.CompressedDamaged, header);
    }

    [Fact]
    [Trait(Tier.Name, Tier.Real)]
    public void Ext4_whose_directories_hold_themselves()
    {
        using TemporaryTree tree = new TemporaryTree().File("a/b/file", "x"), output = new();
        string image = output.PathOf("ext4");
        byte[] bytes = Shell(image, $"PATH=$PATH:/sbin:/usr/sbin; mke2fs -q -F -t ext4 -d {tree.Root} {image} 1M; for n in 1 2 3; do debugfs -w -R \"ln <2> a/loop$n\" {image}; done");
        Check(ScanRemarkKind.ExpansionBounded, bytes, MaxAllocatedInPaths);
    }

    [Theory]
    [Trait(Tier.Name, Tier.Real)]
    [InlineData("-t ext4", "set_inode_field /a/b/file size 0x7fffffffffff")]
    [InlineData("-t ext2 -b 1024 -I 128", "set_inode_field /a/b/file size 0x7fffffff")]
    [InlineData("-t ext2 -b 1024 -I 128", "set_inode_field /a/b/file block[IND] 30")]
    public void Ext_with_a_file_of_more_than_there_is(string options, string command)
    {
        using TemporaryTree tree = new TemporaryTree().File("a/b/file", string.Concat(Enumerable.Range(0, 9_000))), output = new();
        string image = output.PathOf("ext");
        byte[] bytes = Shell(image, $"PATH=$PATH:/sbin:/usr/sbin; mke2fs -q -F {options} -d {tree.Root} {image} 1M; debugfs -w -R \"{command}\" {image}");
        if (command.Contains("IND", StringComparison.Ordinal))
        {
            // A list of blocks that is in itself is a file of odd contents, and has an end.
            Assert.DoesNotContain(ScanRemarkKind.ExpansionBounded, Scan(bytes));
        }
        else
        {
            Check(ScanRemarkKind.ExpansionBounded, bytes);
        }
    }

    [Fact]
    [Trait(Tier.Name, Tier.Real)]
    public void Squashfs_whose_directories_hold_themselves()
    {
        using TemporaryTree tree = new TemporaryTree().File("outer/loop-one/x", "x").File("outer/loop-two/x", "x"), output = new();
        string image = output.PathOf("squashfs");
        byte[] bytes = Shell(image, $"mksquashfs {tree.Root} {image} -noI -noD -noF -noX -no-progress -quiet >/dev/null");

        // An entry: offset of the inode in its block, a number, a type, the length of the name, the name.
        foreach (string loop in (string[])["loop-one", "loop-two"])
        {
            int name = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(loop));
            bytes.AsSpan(32, 2).CopyTo(bytes.AsSpan(name - 8));
        }

        Check(ScanRemarkKind.ExpansionBounded, bytes, MaxAllocatedInPaths);
    }

    [Theory]
    [Trait(Tier.Name, Tier.Real)]
    [InlineData("a directory in itself", ScanRemarkKind.ContainerClosed)]
    [InlineData("two directories in themselves", ScanRemarkKind.ExpansionBounded)]
    [InlineData("a chain that is a circle", ScanRemarkKind.ExpansionBounded)]
    public void Fat_with(string what, ScanRemarkKind expected)
    {
        using TemporaryTree tree = new TemporaryTree().File("aaaaaaaa/bbbbbbbb/x", "x").File("aaaaaaaa/cccccccc/x", "x").File("dddddddd", new byte[2_000]), output = new();
        string image = output.PathOf("fat");
        byte[] bytes = Shell(
            image, $"PATH=$PATH:/sbin:/usr/sbin; truncate -s 256k {image}; mkfs.vfat -F 12 -s 1 {image} >/dev/null; MTOOLS_SKIP_CHECK=1 mcopy -s -Q -i {image} {tree.Root}/* ::/");

        Span<byte> Entry(string name) => bytes.AsSpan(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name + "   ")), 32);
        if (what == "a chain that is a circle")
        {
            int cluster = BinaryPrimitives.ReadUInt16LittleEndian(Entry("DDDDDDDD")[26..]);
            BinaryPrimitives.WriteUInt32LittleEndian(Entry("DDDDDDDD")[28..], uint.MaxValue);
            int table = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(14)) * 512;
            int place = table + cluster + (cluster / 2);
            int pair = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(place));
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(place), (ushort)((cluster & 1) == 0 ? (pair & 0xf000) | cluster : (pair & 0xf) | (cluster << 4)));
        }
        else
        {
            foreach (string loop in what.StartsWith("two", StringComparison.Ordinal) ? (string[])["BBBBBBBB", "CCCCCCCC"] : ["BBBBBBBB"])
            {
                Entry("AAAAAAAA").Slice(26, 2).CopyTo(Entry(loop)[26..]);
            }
        }

        Check(expected, bytes, MaxAllocatedInPaths);
    }

    [Fact]
    public void Partitions_whose_tables_are_a_circle()
    {
        byte[] disk = new byte[64 * 512];
        Table(disk, 0, (0x05, 2, 60), (0, 0, 0));
        Table(disk, 2, (0x83, 1, 1), (0x05, 0, 60));
        Assert.Equal([ScanRemarkKind.CompressedDamaged], Scan(disk).DefaultIfEmpty(ScanRemarkKind.CompressedDamaged));
    }

    [Fact]
    public void Partitions_that_are_the_whole_disk()
    {
        byte[] disk = new byte[64 * 512];
        Table(disk, 0, (0x83, 0, 64), (0x83, 0, 64), (0x83, 0, 64), (0x83, 0, 64));
        Check(ScanRemarkKind.NestedTooDeep, disk, MaxAllocatedInPaths);
    }

    private static void Table(byte[] disk, int sector, params (byte Type, uint First, uint Count)[] partitions)
    {
        Span<byte> table = disk.AsSpan(sector * 512, 512);
        for (int index = 0; index < partitions.Length; index++)
        {
            Span<byte> entry = table.Slice(446 + (16 * index), 16);
            entry[4] = partitions[index].Type;
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], partitions[index].First);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], partitions[index].Count);
        }

        (table[510], table[511]) = (0x55, 0xaa);
    }

    private static void Check(ScanRemarkKind expected, byte[] bomb, long maxAllocated = MaxAllocated) => Assert.Contains(expected, Scan(bomb, maxAllocated));

    private static IEnumerable<ScanRemarkKind> Scan(byte[] bomb, long maxAllocated = MaxAllocated)
    {
        EvidenceHarness harness = new(new ScanOptions { Deep = true });
        long before = GC.GetAllocatedBytesForCurrentThread();
        harness.File("bomb", bomb);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before - bomb.Length;
        Assert.True(allocated < maxAllocated, $"{allocated} bytes allocated for a file of {bomb.Length}");
        return [.. harness.Visitor.DrainRemarks().Select(remark => remark.Kind)];
    }

    private static byte[] Deflated(ReadOnlySpan<byte> contents)
    {
        using MemoryStream bytes = new();
        using (DeflateStream deflate = new(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(contents);
        }

        return bytes.ToArray();
    }

    /// <summary>A zip archive with one member's bytes, and many entries that say that they are theirs.</summary>
    private static byte[] Shared(byte[] deflated, int length, int members)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        void Common(ReadOnlySpan<byte> magic)
        {
            writer.Write(magic);
            writer.Write([20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0, 0, 0, 0, 0]);
            writer.Write(deflated.Length);
            writer.Write(length);
            writer.Write((ushort)1);
            writer.Write((ushort)0);
        }

        Common("PK\u0003\u0004"u8);
        writer.Write((byte)'a');
        writer.Write(deflated);
        int directory = (int)bytes.Position;
        for (int member = 0; member < members; member++)
        {
            Common([(byte)'P', (byte)'K', 1, 2, 20, 0]);
            writer.Write(new byte[14]);
            writer.Write((byte)'a');
        }

        int size = (int)bytes.Position - directory;
        writer.Write("PK\u0005\u0006\0\0\0\0"u8);
        writer.Write((ushort)Math.Min(members, ushort.MaxValue));
        writer.Write((ushort)Math.Min(members, ushort.MaxValue));
        writer.Write(size);
        writer.Write(directory);
        writer.Write((ushort)0);
        writer.Flush();
        return bytes.ToArray();
    }
}
