using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Evidence;

/// <summary>That scans of the two sample closures find what was registered, and carry the mechanisms found by hand.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class FixtureEvidenceTests(CrossClosure cross) : IClassFixture<CrossClosure>
{
    [Fact]
    public async Task Sample_cache_gives_its_registered_references_and_its_known_leaks()
    {
        PathScanner scanner = new(ReferenceSet.Create(LeakyCache.Paths), new ScanOptions { ComputeNarHash = true });
        List<ExpectedLeak> leaks = [];
        foreach (StorePath path in LeakyCache.Paths)
        {
            Dictionary<string, string> narinfo = File.ReadLines(Path.Combine(LeakyCache.Location, $"{path.Hash}.narinfo"))
                .Select(line => line.Split(": ", 2)).ToDictionary(field => field[0], field => field[1]);
            byte[] bytes = Decompress(Path.Combine(LeakyCache.Location, narinfo["URL"]), narinfo["Compression"]);
            System.IO.Pipelines.PipeReader nar = NarSource.FromStream(new MemoryStream(bytes));

            PathScan scan = await scanner.ScanNarAsync(nar, TestContext.Current.CancellationToken);
            await nar.CompleteAsync();

            Assert.Equal(narinfo["NarHash"], scan.NarHash.ToString());
            Assert.Equal(
                narinfo["References"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name[..32]).Order(StringComparer.Ordinal),
                scan.References.Select(found => found.Target.ToString()));
            leaks.AddRange(LeaksOf(path, scan, LeakyCache.Paths, LeakyCache.BuildSide));
        }

        Assert.Equal(Ordered(LeakyCache.Leaks), Ordered(leaks));
    }

    [Fact]
    public void Closure_of_real_packages_gives_its_registered_references_and_its_known_leaks()
    {
        PathScanner scanner = new(ReferenceSet.Create(cross.Paths));
        List<ExpectedLeak> leaks = [];
        foreach (StorePath path in cross.Paths)
        {
            PathScan scan = scanner.ScanDirectory(path.ToString(), TestContext.Current.CancellationToken);

            Assert.Empty(scan.Problems);
            Assert.Equal(cross.Nix.NarSize(path.ToString()), scan.NarSize);
            Assert.Equal(
                cross.Nix.References(path.ToString()).Select(reference => StorePath.Parse(reference).Hash).Order(),
                scan.References.Select(found => found.Target));
            leaks.AddRange(LeaksOf(path, scan, cross.Paths, CrossClosure.BuildSide));
        }

        Assert.Equal(Ordered(CrossClosure.Leaks), Ordered(leaks));
    }

    [Fact]
    public async Task Real_packages_give_the_same_scan_from_disk_and_from_their_NARs()
    {
        PathScanner scanner = new(ReferenceSet.Create(cross.Paths), new ScanOptions { ComputeNarHash = true });
        foreach (StorePath path in cross.Paths)
        {
            PathScan disk = scanner.ScanDirectory(path.ToString(), TestContext.Current.CancellationToken);
            using MemoryStream nar = new();
            NarDump.Write(path.ToString(), nar, TestContext.Current.CancellationToken);
            nar.Position = 0;

            PathScanAssert.Equal(disk, await scanner.ScanNarAsync(NarSource.FromStream(nar), TestContext.Current.CancellationToken));
        }
    }

    private static byte[] Decompress(string file, string compression) => compression == "none"
        ? File.ReadAllBytes(file)
        : ToolRun.Execute(RequiredTool.Find(compression), ["-dc", file]).Output.ToArray();

    private static IEnumerable<ExpectedLeak> LeaksOf(StorePath holder, PathScan scan, IEnumerable<StorePath> paths, IEnumerable<string> buildSide) =>
        buildSide.Contains(holder.Name)
            ? []
            : from found in scan.References
              let target = paths.Single(path => path.Hash == found.Target)
              where buildSide.Contains(target.Name)
              from evidence in found.Evidence
              select new ExpectedLeak(holder.Name, target.Name, evidence.File, evidence.Mechanism);

    private static IEnumerable<ExpectedLeak> Ordered(IEnumerable<ExpectedLeak> leaks) =>
        leaks.Distinct().OrderBy(leak => leak.ToString(), StringComparer.Ordinal);
}
