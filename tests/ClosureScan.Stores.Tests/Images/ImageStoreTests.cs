using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Images;

/// <summary>A store in an image gives the closure that the same store gives as a directory.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class ImageStoreTests
{
    private const string Bash = "/nix/store/0c1p30gf9y49nq93dxkcr2xjiv0hmjak-bash-5.2";
    private const string App = "/nix/store/1c1p30gf9y49nq93dxkcr2xjiv0hmjak-app-1";

    [Theory]
    [InlineData("ext4", "mke2fs -q -F -t ext4 -d $T $O 8M")]
    [InlineData("ext4.zst", "mke2fs -q -F -t ext4 -d $T $O.img 8M; zstd -q $O.img -o $O")]
    [InlineData("sd.img.xz", "mke2fs -q -F -t ext4 -d $T $O.ext 8M; truncate -s 12M $O.img; printf 'label: dos\\nstart=2048, type=83\\n' | sfdisk -q $O.img; dd if=$O.ext of=$O.img seek=2048 conv=notrunc status=none; xz -T1 -0 -c $O.img > $O")]
    [InlineData("squashfs", "mksquashfs $T $O -comp xz -no-progress -quiet > /dev/null")]
    [InlineData("nix-store.squashfs", "mksquashfs $T/nix/store/* $O -comp zstd -no-progress -quiet > /dev/null")]
    [InlineData("docker.tar.gz", "mkdir -p $O.d/1 $O.d/2; tar -C $T -cf $O.d/1/layer.tar nix/store/0c1p30gf9y49nq93dxkcr2xjiv0hmjak-bash-5.2; tar -C $T -cf $O.d/2/layer.tar nix/store/1c1p30gf9y49nq93dxkcr2xjiv0hmjak-app-1; tar -C $O.d -czf $O .")]
    [InlineData("initrd", "cd $T; find nix | cpio --quiet -o -H newc | zstd -q > $O")]
    public async Task Closure_in_an_image_is_the_closure_itself(string name, string command)
    {
        using TemporaryTree tree = MakeStore(), output = new();
        string image = output.PathOf(name);
        ToolRun run = ToolRun.Execute(RequiredTool.Find("sh"), ["-ec", $"PATH=$PATH:/sbin:/usr/sbin; T={tree.Root}; O={image}; {command}"]);
        Assert.True(run.ExitCode == 0, run.Error);
        ScannedClosure expected = await Scanning.ScanAsync(tree.PathOf("nix/store"), App);

        ScannedClosure actual = await Scanning.ScanAsync($"image:{image}", App);

        Assert.Equal(2, actual.Paths.Length);
        Assert.Equal(Scanning.Graph(expected), Scanning.Graph(actual));
        Assert.Equal(expected.Paths.Select(path => path.Scan), actual.Paths.Select(path => path.Scan));
        Assert.Empty(actual.Problems);
    }

    [Fact]
    public async Task What_is_no_image_and_what_holds_no_store_are_told()
    {
        using TemporaryTree tree = new TemporaryTree().File("text", "no image");
        string empty = tree.PathOf("empty.tar");
        ToolRun.Execute(RequiredTool.Find("tar"), ["-C", tree.Root, "-cf", empty, "text"]);

        Assert.Contains("none of the known images", (await Fails("text")).Message, StringComparison.Ordinal);
        Assert.Contains("nothing in it lies in /nix/store", (await Fails("empty.tar")).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", (await Fails("not-there")).Message, StringComparison.Ordinal);

        async Task<StoreException> Fails(string file) =>
            await Assert.ThrowsAsync<StoreException>(async () => await Store.OpenAsync($"image:{tree.PathOf(file)}", Scanning.Token));
    }

    private static TemporaryTree MakeStore()
    {
        TemporaryTree tree = new TemporaryTree()
            .File(Bash[1..] + "/bin/bash", "\u007fELF is no program", executable: true)
            .File(App[1..] + "/bin/run", $"#!{Bash}/bin/bash\nexec {Bash}/bin/bash -c x\n", executable: true)
            .File(App[1..] + "/share/big", string.Concat(Enumerable.Range(0, 60_000).Select(line => $"{line} {(line == 50_000 ? App : "")}\n")))
            .File(App[1..] + "/share/empty", "");
        File.CreateSymbolicLink(tree.PathOf(App[1..] + "/lib"), Bash + "/lib");
        return tree;
    }
}
