using System.Globalization;
using System.Text.Json.Nodes;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>The closure of real cross-compiled packages in what people flash, boot and push: the report is that of the closure itself, within the bound on memory.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class ImageScanTests(CrossClosure cross) : IClassFixture<CrossClosure>
{
    private const int MaxKibibytes = 150 * 1024;

    // An SD card as for a Pi: firmware in FAT, the system in ext4 behind it.
    private const string SdCard =
        "truncate -s 16M $O.fat; mkfs.vfat $O.fat > /dev/null; mke2fs -q -F -t ext4 -L NIXOS_SD -d $T $O.ext 110M; truncate -s 140M $O.img;"
        + "printf 'label: dos\\nstart=16384, size=32768, type=b\\nstart=49152, type=83\\n' | sfdisk -q $O.img;"
        + "dd if=$O.fat of=$O.img bs=1M seek=8 conv=notrunc,sparse status=none; dd if=$O.ext of=$O.img bs=1M seek=24 conv=notrunc,sparse status=none;";

    // A layer a path, as dockerTools.buildLayeredImage makes them.
    private const string Docker =
        "n=0; layers=; mkdir $O.d; cd $T; for p in nix/store/*; do n=$((n + 1)); mkdir $O.d/$n; tar -cf $O.d/$n/layer.tar $p; layers=\"$layers,\\\"$n/layer.tar\\\"\"; done;"
        + "echo \"[{\\\"Config\\\":\\\"c.json\\\",\\\"RepoTags\\\":null,\\\"Layers\\\":[${layers#,}]}]\" > $O.d/manifest.json; echo {} > $O.d/c.json; tar -C $O.d -cf - . | gzip -1 > $O";

    [Theory]
    [InlineData("sd.img", SdCard + "mv $O.img $O")]
    [InlineData("sd.img.zst", SdCard + "zstd -q --rm $O.img -o $O")]
    [InlineData("docker.tar.gz", Docker)]
    [InlineData("squashfs", "mksquashfs $T $O -comp zstd -Xcompression-level 1 -no-progress -quiet > /dev/null")]
    public void Closure_in_an_image_is_reported_as_the_closure_itself(string name, string command)
    {
        foreach (string tool in (string[])["zstd", "mksquashfs", "sh"])
        {
            RequiredTool.Find(tool);
        }

        using TemporaryTree folder = new();
        string tree = cross.Nix.CopyToNewRoot(cross.Root.ToString()), image = folder.PathOf(name);
        ToolRun made = ToolRun.Execute("/bin/sh", ["-ec", $"PATH=$PATH:/sbin:/usr/sbin; T={tree}; O={image}; rm -rf $T/nix/var; {command}"]);
        Assert.True(made.ExitCode == 0, made.Error);

        string actual = Report($"image:{image}", out int kibibytes);

        Assert.Contains("\"findings\":[{", actual, StringComparison.Ordinal);
        Assert.Equal(Report($"{tree}/nix/store", out _), actual);
        Assert.InRange(kibibytes, 1, MaxKibibytes);
    }

    // Everything but where it was read from.
    private string Report(string store, out int kibibytes)
    {
        using TemporaryTree folder = new();
        string memory = folder.PathOf("memory"), report = folder.PathOf("report.json");
        ToolRun run = ClosureScanTool.RunInShell(
            $"/usr/bin/time -o {memory} -f %M \"$@\"", "scan", "--store", store, "--report", $"json={report}", $"*-{cross.Root.Name}");
        if (run.ExitCode is 126 or 127)
        {
            RequiredTool.Missing("/usr/bin/time");
        }

        Assert.True(run.ExitCode == 1, $"exit code {run.ExitCode}: {run.Error}");
        kibibytes = int.Parse(File.ReadLines(memory).Last(), CultureInfo.InvariantCulture);
        JsonObject json = JsonNode.Parse(File.ReadAllText(report))!.AsObject();
        Assert.True(json.Remove("store"));
        return json.ToJsonString();
    }
}
