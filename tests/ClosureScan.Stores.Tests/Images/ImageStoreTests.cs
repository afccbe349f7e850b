using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Images;

/// <summary>A store in an image gives the closure that the same store gives as a directory.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class ImageStoreTests
{
    private const string Bash = "/nix/store/0c1p30gf9y49nq93dxkcr2xjiv0hmjak-bash-5.2";

    // An index of an index, as buildx writes it; "aa" is above "bb".
    private const string OciIndex =
        "echo '{\"imageLayoutVersion\":\"1.0.0\"}' > oci-layout; echo '{\"manifests\":[{\"digest\":\"sha256:11\"}]}' > index.json; echo '{\"manifests\":[{\"digest\":\"sha256:22\"}]}' > blobs/sha256/11;"
        + "echo '{\"config\":{\"digest\":\"sha256:33\"},\"layers\":[{\"digest\":\"sha256:bb\"},{\"digest\":\"sha256:aa\"}]}' > blobs/sha256/22; echo '{}' > blobs/sha256/33; ";

    private const string App = "/nix/store/1c1p30gf9y49nq93dxkcr2xjiv0hmjak-app-1";

    [Theory]
    [InlineData("ext4", "mke2fs -q -F -t ext4 -d $T $O 8M")]
    [InlineData("ext4.zst", "mke2fs -q -F -t ext4 -d $T $O.img 8M; zstd -q $O.img -o $O")]
    [InlineData("sd.img.xz", "mke2fs -q -F -t ext4 -d $T $O.ext 8M; truncate -s 12M $O.img; printf 'label: dos\\nstart=2048, type=83\\n' | sfdisk -q $O.img; dd if=$O.ext of=$O.img seek=2048 conv=notrunc status=none; xz -T1 -0 -c $O.img > $O")]
    [InlineData("squashfs", "mksquashfs $T $O -comp xz -no-progress -quiet > /dev/null")]
    [InlineData("nix-store.squashfs", "mksquashfs $T/nix/store/* $O -comp zstd -no-progress -quiet > /dev/null")]
    [InlineData("docker.tar.gz", "mkdir -p $O.d/1 $O.d/2; tar -C $T -cf $O.d/1/layer.tar nix/store/0c1p30gf9y49nq93dxkcr2xjiv0hmjak-bash-5.2; tar -C $T -cf $O.d/2/layer.tar nix/store/1c1p30gf9y49nq93dxkcr2xjiv0hmjak-app-1; tar -C $O.d -czf $O .")]
    [InlineData("gpt.img", "mke2fs -q -F -t ext4 -O inline_data -I 256 -d $T $O.ext 8M; truncate -s 12M $O; printf 'label: gpt\\ntable-length: 256\\nstart=4096, size=16384, type=linux\\n' | sfdisk -q $O; dd if=$O.ext of=$O seek=4096 conv=notrunc status=none")]
    [InlineData("store-partition.img", "mke2fs -q -F -t ext4 -d $T/nix/store $O.ext 8M; truncate -s 14M $O; printf 'label: dos\\nstart=2048, type=5\\nstart=4096, size=2048, type=c\\nstart=8192, size=16384, type=83\\n' | sfdisk -q $O; dd if=$O.ext of=$O seek=8192 conv=notrunc status=none")]
    [InlineData("oci.tar", "mkdir -p $O.d/blobs/sha256; cd $O.d; tar -C $T -cf - nix/store/0c1p30gf9y49nq93dxkcr2xjiv0hmjak-bash-5.2 | zstd -q > blobs/sha256/bb; tar -C $T -czf blobs/sha256/aa nix/store/1c1p30gf9y49nq93dxkcr2xjiv0hmjak-app-1; " + OciIndex + "tar -cf $O .")]
    [InlineData("initrd-of-three", "cd $T; echo kernel | cpio --quiet -o -H newc > $O 2> /dev/null || true; find nix/store/0c1p30gf9y49nq93dxkcr2xjiv0hmjak-bash-5.2 | cpio --quiet -o -H newc >> $O; find nix/store/1c1p30gf9y49nq93dxkcr2xjiv0hmjak-app-1 | cpio --quiet -o -H newc | xz --check=crc32 >> $O")]
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

    [Theory]
    [InlineData("docker", "tar -cf $O.d/a/layer.tar -C $O.u . ; tar -cf $O.d/b/layer.tar -C $T nix", "[{\"Layers\":[\"b/layer.tar\",\"a/layer.tar\"]}]", "manifest.json")]
    [InlineData("docker of two images", "tar -cf $O.d/a/layer.tar -C $O.u . ; tar -cf $O.d/b/layer.tar -C $T nix", "[{\"Layers\":[\"b/layer.tar\",\"a/layer.tar\"]},{\"Layers\":[\"a/layer.tar\"]}]", "manifest.json")]
    [InlineData("docker, gzip and zstd", "tar -C $O.u -cf - . | zstd -q > $O.d/a/layer.tar; tar -czf $O.d/b/layer.tar -C $T nix", "[{\"Layers\":[\"b/layer.tar\",\"a/layer.tar\"]}]", "manifest.json")]
    [InlineData("OCI", "tar -C $O.u -cf - . | zstd -q > $O.d/blobs/sha256/aa; tar -czf $O.d/blobs/sha256/bb -C $T nix; cd $O.d; " + OciIndex + "true", "", "x")]
    public async Task What_an_upper_layer_removes_is_not_there(string name, string layers, string manifest, string manifestName)
    {
        using TemporaryTree tree = MakeStore(), expected = MakeStore(), output = new TemporaryTree();
        const string Gone = "/nix/store/2c1p30gf9y49nq93dxkcr2xjiv0hmjak-gone-1";
        tree.File(Gone[1..] + "/x", App).File(App[1..] + "/share/old", Gone).File(App[1..] + "/opaque/old/x", Gone).File(App[1..] + "/again/old", Gone);
        expected.File(App[1..] + "/opaque/new", "").File(App[1..] + "/again/new", Bash);
        string image = output.PathOf("image.tar");
        using TemporaryTree upper = new TemporaryTree()
            .File("nix/store/.wh." + Path.GetFileName(Gone), "").File(App[1..] + "/share/.wh.old", "").File(App[1..] + "/opaque/.wh..wh..opq", "")
            .File(App[1..] + "/opaque/new", "").File(App[1..] + "/.wh.again", "").File(App[1..] + "/again/new", Bash).File("nix/.wh..wh.plnk", "");
        ToolRun run = ToolRun.Execute(
            RequiredTool.Find("sh"),
            ["-ec", $"T={tree.Root}; O={image}; cp -a {upper.Root} $O.u; mkdir -p $O.d/a $O.d/b $O.d/blobs/sha256; {layers}; cd $O.d; printf '%s' \"$1\" > $2; tar -cf $O a b blobs *.json $2", "sh", manifest, manifestName]);
        Assert.True(run.ExitCode == 0, $"{name}: {run.Error}");

        ScannedClosure actual = await Scanning.ScanAsync($"image:{image}", App);

        ScannedClosure plain = await Scanning.ScanAsync(expected.PathOf("nix/store"), App);
        Assert.Equal(Scanning.Graph(plain), Scanning.Graph(actual));
        Assert.Equal(plain.Paths.Select(path => path.Scan), actual.Paths.Select(path => path.Scan));
        await using IStore store = await Store.OpenAsync($"image:{image}", Scanning.Token);
        Assert.Null(await store.FindAsync(StorePath.Parse(Gone), Scanning.Token));
    }

    [Fact]
    public async Task A_name_that_removes_in_a_layer_means_nothing_elsewhere()
    {
        using TemporaryTree tree = MakeStore(), output = new();
        tree.File(App[1..] + "/share/.wh.big", Bash);
        string image = output.PathOf("root.tar");
        ToolRun run = ToolRun.Execute(RequiredTool.Find("tar"), ["-C", tree.Root, "-cf", image, "nix"]);
        Assert.True(run.ExitCode == 0, run.Error);

        Assert.Equal(
            (await Scanning.ScanAsync(tree.PathOf("nix/store"), App)).Paths.Select(path => path.Scan),
            (await Scanning.ScanAsync($"image:{image}", App)).Paths.Select(path => path.Scan));
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
