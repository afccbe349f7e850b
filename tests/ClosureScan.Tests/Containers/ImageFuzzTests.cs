using System.Diagnostics;
using ClosureScan.Containers;
using ClosureScan.Testing;
using static ClosureScan.Tests.Containers.Images;

namespace ClosureScan.Tests.Containers;

/// <summary>
/// Damaged images: whatever their bytes are, a reader ends, throws nothing but what it says, and spends no more than it may. A failure names its seed.
/// </summary>
[Trait(Tier.Name, Tier.Laws)]
public sealed class ImageFuzzTests
{
    private const long Budget = 4 * 1024 * 1024;
    private const long MaxAllocated = 64 * 1024 * 1024;

    [Theory]
    [InlineData("ext4", "mke2fs -q -F -t ext4 -d $T $O 1M")]
    [InlineData("ext2", "mke2fs -q -F -t ext2 -b 1024 -I 128 -d $T $O 512k")]
    [InlineData("ext4-inline", "mke2fs -q -F -t ext4 -I 256 -O inline_data -d $T $O 1M")]
    [InlineData("mbr", "mke2fs -q -F -t ext2 -b 1024 -d $T $O.e 512k; truncate -s 1M $O; printf 'label: dos\\nstart=64, size=64, type=c\\nstart=128, type=5\\nstart=192, size=1024, type=83\\n' | sfdisk -q $O; dd if=$O.e of=$O seek=192 conv=notrunc status=none")]
    [InlineData("gpt", "mke2fs -q -F -t ext2 -b 1024 -d $T $O.e 512k; truncate -s 1M $O; printf 'label: gpt\\nfirst-lba: 34\\nstart=64, size=1024, type=linux\\n' | sfdisk -q $O; dd if=$O.e of=$O seek=64 conv=notrunc status=none")]
    [InlineData("squashfs", "mksquashfs $T $O -noI -noD -noF -noX -no-progress -quiet >/dev/null")]
    [InlineData("squashfs-lz4", "mksquashfs $T $O -comp lz4 -no-progress -quiet >/dev/null")]
    [InlineData("fat", "truncate -s 256k $O; mkfs.vfat -F 12 $O >/dev/null; MTOOLS_SKIP_CHECK=1 mcopy -s -Q -i $O $T/* ::/")]
    [InlineData("tar", "tar --format=pax -C $T -cf $O .")]
    [InlineData("cpio", "cd $T; find . | cpio --quiet -o -H newc > $O")]
    [InlineData("initrd", "cd $T; find a | cpio --quiet -o -H newc > $O; head -c 300 /dev/zero >> $O; find run empty | cpio --quiet -o -H odc | gzip -n >> $O")]
    [InlineData("deb", "tar -C $T -czf $O.data.tar.gz .; echo 2.0 > $O.debian-binary; cd $(dirname $O); mv $O.debian-binary debian-binary; mv $O.data.tar.gz data.tar.gz; ar qc $O debian-binary data.tar.gz")]
    [InlineData("zip", "python3 -c 'import shutil,sys; shutil.make_archive(sys.argv[1], \"zip\", sys.argv[2])' $O $T; mv $O.zip $O")]
    [InlineData("lz4", "tar -C $T -cf - . | lz4 -q -9 -BD > $O")]
    public void Damaged_image_is_read_to_an_end_within_bounds(string name, string command)
    {
        using TemporaryTree tree = new TemporaryTree()
            .File("a/b/file", string.Concat(Enumerable.Range(0, 600))).File("run", "#!/bin/sh\n").File("empty", "").File("a/another-file-with-a-long-name.text", "x");
        using TemporaryTree output = new();
        string file = output.PathOf(name);
        byte[] image = Shell(file, $"PATH=$PATH:/sbin:/usr/sbin; T={tree.Root}; O={file}; {command}");
        ImageDamage damage = new(image);
        for (int seed = 0; seed < ImageDamage.Cases; seed++)
        {
            byte[] damaged = damage.Make(seed);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Stopwatch clock = Stopwatch.StartNew();
            try
            {
                RecordingSink.Read(damaged, budget: Budget);
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException or NotSupportedException or ExpansionException)
            {
                // What a reader may say.
            }
            catch (Exception exception)
            {
                Assert.Fail($"{name}, seed {seed}: {exception}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MaxAllocated, $"{name}, seed {seed}: {allocated} bytes allocated");
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{name}, seed {seed}: {clock.Elapsed}");
        }
    }
}
