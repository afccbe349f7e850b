using System.Globalization;
using System.IO.Compression;
using ClosureScan.Testing;
using static ClosureScan.Tests.Containers.Images;

namespace ClosureScan.Tests.Containers;

/// <summary>Each reader against the tool that makes its format: the tree that comes out is the one that went in.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class ImageFormatTests
{
    [Theory]
    [InlineData("-t ext4")]
    [InlineData("-t ext4 -b 1024 -I 256 -O ^64bit")]
    [InlineData("-t ext4 -b 4096 -O inline_data")]
    [InlineData("-t ext3 -b 2048")]
    [InlineData("-t ext2 -b 1024 -I 128")]
    public void Ext(string options)
    {
        using TemporaryTree tree = MakeTree(), output = new();
        string image = output.PathOf("ext.img");

        byte[] bytes = Shell(image, $"PATH=$PATH:/sbin:/usr/sbin; mke2fs -q -F {options} -d {tree.Root} {image} 24M");

        RecordingSink sink = RecordingSink.Read(bytes);
        Assert.True(sink.Entries.Remove("lost+found"));
        Check(tree, sink);
    }

    [Theory]
    [InlineData("-comp gzip")]
    [InlineData("-comp lz4")]
    [InlineData("-comp gzip -no-fragments -b 4096")]
    [InlineData("-comp gzip -noI -noD -noF -noX")]
    [InlineData("-comp gzip -always-use-fragments -b 1M")]
    public void Squashfs(string options)
    {
        using TemporaryTree tree = MakeTree(), output = new();
        string image = output.PathOf("squashfs");

        byte[] bytes = Shell(image, $"mksquashfs {tree.Root} {image} {options} -no-progress -quiet >/dev/null");

        Check(tree, RecordingSink.Read(bytes));
    }

    [Fact]
    public void Squashfs_of_a_compression_that_nobody_undoes_is_told()
    {
        using TemporaryTree tree = MakeTree(), output = new();
        string image = output.PathOf("squashfs");

        byte[] bytes = Shell(image, $"mksquashfs {tree.Root} {image} -comp lzo -no-progress -quiet >/dev/null");

        Assert.Contains("compression 3", Assert.Throws<NotSupportedException>(() => RecordingSink.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12, 8)]
    [InlineData(16, 24)]
    [InlineData(32, 64)]
    public void Fat(int bits, int mebibytes)
    {
        using TemporaryTree tree = MakeTree(withLinks: false), output = new();
        string image = output.PathOf("fat.img");

        byte[] bytes = MakeFat(tree, image, bits, mebibytes);

        Check(tree, RecordingSink.Read(bytes), hasModes: false);
    }

    [Theory]
    [InlineData("dos", "start=2048, size=49152, type=c\nstart=51200, size=49152, type=83\n")]
    [InlineData("dos", "start=2048, type=5\nstart=4096, size=49152, type=c\nstart=55296, size=49152, type=83\n")]
    [InlineData("gpt", "start=2048, size=49152, type=uefi\nstart=51200, size=49152, type=linux\n")]
    public void Partitions_are_read_as_the_file_systems_in_them(string label, string table)
    {
        using TemporaryTree tree = MakeTree(), boot = new TemporaryTree().File("boot/kernel.img", "kernel"), output = new();
        string disk = output.PathOf("disk.img"), fat = output.PathOf("fat.img"), ext = output.PathOf("ext.img");
        MakeFat(boot, fat, 16, 24);
        Shell(ext, $"PATH=$PATH:/sbin:/usr/sbin; mke2fs -q -F -t ext4 -d {tree.Root} {ext} 24M");
        string[] starts = [.. table.Split('\n').Where(line => line.Contains("size=", StringComparison.Ordinal)).Select(line => line.Split(',')[0]["start=".Length..])];
        byte[] bytes = Shell(
            disk,
            $"PATH=$PATH:/sbin:/usr/sbin; truncate -s 60M {disk}; printf 'label: {label}\\n{table.Replace("\n", "\\n", StringComparison.Ordinal)}' | sfdisk -q {disk};"
            + $"dd if={fat} of={disk} seek={starts[0]} conv=notrunc status=none; dd if={ext} of={disk} seek={starts[1]} conv=notrunc status=none");

        RecordingSink sink = RecordingSink.Read(bytes);

        Assert.True(sink.Entries.Remove("boot/kernel.img") && sink.Entries.Remove("boot") && sink.Entries.Remove("lost+found"));
        Check(tree, sink);
    }

    [Theory]
    [InlineData("gnu")]
    [InlineData("pax")]
    public void Tar(string format)
    {
        using TemporaryTree tree = MakeTree(), output = new();
        string archive = output.PathOf("tar");

        Check(tree, RecordingSink.Read(Shell(archive, $"tar --format={format} -C {tree.Root} -cf {archive} .")));
    }

    [Theory]
    [InlineData("newc")]
    [InlineData("crc")]
    [InlineData("odc")]
    public void Cpio(string format)
    {
        using TemporaryTree tree = MakeTree(), output = new();
        string archive = output.PathOf("cpio");

        Check(tree, RecordingSink.Read(Shell(archive, $"cd {tree.Root}; find . | cpio --quiet -o -H {format} > {archive}")));
    }

    [Fact]
    public void Initial_RAM_disk_of_microcode_and_compressed_archives_is_read_to_its_end()
    {
        using TemporaryTree tree = MakeTree(), early = new TemporaryTree().File("kernel/x86/microcode/GenuineIntel.bin", "code"), output = new();
        string archive = output.PathOf("initrd");

        byte[] bytes = Shell(
            archive,
            $"cd {early.Root}; find . | cpio --quiet -o -H newc > {archive}; head -c 300 /dev/zero >> {archive}; cd {tree.Root};"
            + $"find many | cpio --quiet -o -H newc >> {archive}; find . -path ./many -prune -o -print | cpio --quiet -o -H newc | gzip >> {archive}");
        RecordingSink sink = RecordingSink.Read(bytes);

        foreach (string path in new[] { "kernel", "kernel/x86", "kernel/x86/microcode", "kernel/x86/microcode/GenuineIntel.bin" })
        {
            Assert.True(sink.Entries.Remove(path), path);
        }

        Check(tree, sink);
    }

    [Fact]
    public void Zip()
    {
        using TemporaryTree tree = MakeTree(withLinks: false);
        using MemoryStream bytes = new();
        ZipFile.CreateFromDirectory(tree.Root, bytes);

        RecordingSink sink = RecordingSink.Read(bytes.ToArray());

        Assert.Equal(Files(RecordingSink.OfDisk(tree.Root, hasModes: false)), Files(sink.Entries));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("-9 -BD")]
    [InlineData("-9 -BX --content-size")]
    [InlineData("-l")]
    public void Lz4(string options)
    {
        using TemporaryTree tree = MakeTree(), output = new();
        string archive = output.PathOf("x");

        Check(tree, RecordingSink.Read(Shell(archive, $"tar -C {tree.Root} -cf - . | {RequiredTool.Find("lz4")} -q {options} > {archive}")));
    }

    private static byte[] MakeFat(TemporaryTree tree, string image, int bits, int mebibytes) => Shell(
        image,
        string.Create(CultureInfo.InvariantCulture, $"PATH=$PATH:/sbin:/usr/sbin; truncate -s {mebibytes}M {image}; mkfs.vfat -F {bits} {(bits == 32 ? "-s 1 " : "")}{image} >/dev/null;")
        + $"MTOOLS_SKIP_CHECK=1 {RequiredTool.Find("mcopy")} -s -Q -i {image} {tree.Root}/* ::/");

    private static void Check(TemporaryTree tree, RecordingSink sink, bool hasModes = true)
    {
        Assert.Empty(sink.Reasons);
        Assert.Equal(RecordingSink.OfDisk(tree.Root, hasModes), sink.Entries);
    }

    private static IEnumerable<KeyValuePair<string, string>> Files(SortedDictionary<string, string> entries) => entries.Where(entry => entry.Value != "directory");
}
