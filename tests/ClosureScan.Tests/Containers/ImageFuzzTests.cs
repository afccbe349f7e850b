using System.Diagnostics;
using System.Globalization;
using ClosureScan.Containers;
using ClosureScan.Testing;
using static ClosureScan.Tests.Containers.Images;

namespace ClosureScan.Tests.Containers;

/// <summary>
/// Damaged images: whatever their bytes are, a reader ends, throws nothing but what it says, and spends no more than it may. CLOSURESCAN_FUZZ_CASES sets how
/// many; a failure names its seed.
/// </summary>
[Trait(Tier.Name, Tier.Laws)]
public sealed class ImageFuzzTests
{
    private const long Budget = 4 * 1024 * 1024;
    private const long MaxAllocated = 64 * 1024 * 1024;

    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("CLOSURESCAN_FUZZ_CASES") ?? "2000", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("ext4", "mke2fs -q -F -t ext4 -d $T $O 1M")]
    [InlineData("ext2", "mke2fs -q -F -t ext2 -b 1024 -I 128 -d $T $O 512k")]
    [InlineData("squashfs", "mksquashfs $T $O -noI -noD -noF -noX -no-progress -quiet >/dev/null")]
    [InlineData("squashfs-lz4", "mksquashfs $T $O -comp lz4 -no-progress -quiet >/dev/null")]
    [InlineData("fat", "truncate -s 256k $O; mkfs.vfat -F 12 $O >/dev/null; MTOOLS_SKIP_CHECK=1 mcopy -s -Q -i $O $T/* ::/")]
    [InlineData("tar", "tar --format=pax -C $T -cf $O .")]
    [InlineData("cpio", "cd $T; find . | cpio --quiet -o -H newc > $O")]
    [InlineData("lz4", "tar -C $T -cf - . | lz4 -q -9 -BD > $O")]
    public void Damaged_image_is_read_to_an_end_within_bounds(string name, string command)
    {
        using TemporaryTree tree = new TemporaryTree()
            .File("a/b/file", string.Concat(Enumerable.Range(0, 600))).File("run", "#!/bin/sh\n").File("empty", "").File("a/another-file-with-a-long-name.text", "x");
        using TemporaryTree output = new();
        string file = output.PathOf(name);
        byte[] image = Shell(file, $"PATH=$PATH:/sbin:/usr/sbin; T={tree.Root}; O={file}; {command}");
        int[] used = [.. Enumerable.Range(0, image.Length).Where(index => image[index] != 0)];
        for (int seed = 0; seed < Cases; seed++)
        {
            byte[] damaged = Damage(image, used, new Random(seed));
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

    // Mostly what is no zero is damaged: images are full of those, and nobody reads them.
    private static byte[] Damage(byte[] image, int[] used, Random random)
    {
        byte[] damaged = random.Next(8) == 0 ? image[..random.Next(image.Length)] : [.. image];
        for (int change = random.Next(1, 6); change > 0 && damaged.Length > 0; change--)
        {
            int place = random.Next(4) == 0 ? random.Next(damaged.Length) : Math.Min(damaged.Length - 1, used[random.Next(used.Length)] + random.Next(4));
            damaged[place] = random.Next(4) switch
            {
                0 => 0,
                1 => 0xff,
                2 => (byte)(damaged[place] ^ (1 << random.Next(8))),
                _ => (byte)random.Next(256),
            };
        }

        return damaged;
    }
}
