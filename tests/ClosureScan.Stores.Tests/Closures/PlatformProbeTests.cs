using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Closures;

/// <summary>A probe reads until a file tells what its path is built for, and no further.</summary>
public sealed class PlatformProbeTests
{
    [Theory]
    [InlineData("bin/tool", 1)]
    [InlineData("lib/perl5/x86_64-linux/auto/Time.so", 1)]
    [InlineData("lib/ld-linux-x86-64.so.2", 1)]
    [InlineData("lib/app/prebuilds/linux-x64/node.node", 2)]
    [InlineData("lib/firmware/blob", 2)]
    public async Task Reading_goes_on_where_the_place_of_a_file_explains_its_platform(string first, int wanted)
    {
        StorePath path = FakeStore.PathOf("probed");
        byte[] nar = new MemoryTree().File(first, Library(), executable: true).File("lib/libz.so", Library()).File("lib/libzz.so", Library()).ToNar();
        FakeStore store = new FakeStore().Add(path, nar);

        PathScan scan = Assert.Single((await ProbeAsync(store, path)).Paths).Scan!;

        Assert.Equal(wanted, scan.Platforms.Sum(tally => tally.FileCount));
        Assert.All(scan.Platforms, tally => Assert.Equal("x86_64-linux", tally.Platform!.System));
        Assert.Equal(first.StartsWith("lib/firmware", StringComparison.Ordinal), scan.Platforms.Any(tally => tally.Domain == FileDomain.Firmware));
    }

    private static async Task<ScannedClosure> ProbeAsync(FakeStore store, StorePath path)
    {
        ScannedClosure metadata = await ClosureScanner.ScanAsync(store, [path], ClosureScanOptions.Default with { MetadataOnly = true });
        return await ClosureScanner.ProbeAsync(store, metadata);
    }

    private static byte[] Library() => new ElfBuilder(is64: true) { Machine = 62, Flags = 0 }.Dynamic(1, "libc.so.6").Build();
}
