using System.Diagnostics;
using ClosureScan.Containers;
using ClosureScan.Stores.Compression;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Tests.Images;

/// <summary>Damaged images with compressions that libraries undo: the store in them is read as far as it goes, within bounds. A failure names its seed.</summary>
[Trait(Tier.Name, Tier.Laws)]
public sealed class ImageLoaderFuzzTests
{
    private const long MaxAllocated = 64 * 1024 * 1024;

    [Theory]
    [InlineData("squashfs-xz", "mksquashfs $T $O -comp xz -b 4k -no-progress -quiet >/dev/null")]
    [InlineData("squashfs-zstd", "mksquashfs $T $O -comp zstd -b 4k -no-progress -quiet >/dev/null")]
    [InlineData("ext4.zst", "mke2fs -q -F -t ext4 -d $T $O.e 512k; zstd -q $O.e -o $O")]
    [InlineData("docker.tar", "tar -C $T -cf - nix | zstd -q > $O.1; mkdir -p $O.d/blobs; mv $O.1 $O.d/blobs/1; tar -C $T -cJf $O.d/blobs/2 nix/store; tar -C $O.d -cf $O .")]
    [InlineData("initrd.xz", "cd $T; find nix | cpio --quiet -o -H newc | xz -0 --check=crc32 > $O")]
    public void Damaged_image_is_read_to_an_end_within_bounds(string name, string command)
    {
        using TemporaryTree tree = new TemporaryTree()
            .File("nix/store/0c1p30gf9y49nq93dxkcr2xjiv0hmjak-bash/bin/bash", string.Concat(Enumerable.Range(0, 3_000)), executable: true)
            .File("nix/store/1c1p30gf9y49nq93dxkcr2xjiv0hmjak-app/empty", "").File("etc/x", "x");
        using TemporaryTree output = new();
        string file = output.PathOf(name);
        ToolRun run = ToolRun.Execute(RequiredTool.Find("sh"), ["-ec", $"PATH=$PATH:/sbin:/usr/sbin; T={tree.Root}; O={file}; {command}"]);
        Assert.True(run.ExitCode == 0, run.Error);
        ImageDamage damage = new(File.ReadAllBytes(file));
        for (int seed = 0; seed < ImageDamage.Cases; seed++)
        {
            byte[] damaged = damage.Make(seed);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Stopwatch clock = Stopwatch.StartNew();
            ImageTree store = new("/nix/store");
            try
            {
                new ImageLoader(store, ContentDecoders.All).Load(new ByteSource(damaged), Scanning.Token);
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException or NotSupportedException or ExpansionException)
            {
                // What ImageStore makes a message of.
            }
            catch (Exception exception)
            {
                Assert.Fail($"{name}, seed {seed}: {exception}");
            }
            finally
            {
                store.Close();
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MaxAllocated, $"{name}, seed {seed}: {allocated} bytes allocated");
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{name}, seed {seed}: {clock.Elapsed}");
        }
    }
}
