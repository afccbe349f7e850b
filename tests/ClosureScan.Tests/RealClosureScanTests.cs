using System.Buffers;
using System.IO.Pipelines;
using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Scanning;
using ClosureScan.Testing;

namespace ClosureScan.Tests;

/// <summary>The whole scan against what a real Nix registered of real packages.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class RealClosureScanTests(CrossClosure closure) : IClassFixture<CrossClosure>
{
    private static readonly ScanOptions Hashing = new() { ComputeNarHash = true };

    [Fact]
    public void References_size_and_hash_of_every_path_are_those_that_Nix_registered()
    {
        PathScanner scanner = new(ReferenceSet.Create(closure.Paths), Hashing);
        foreach (StorePath path in closure.Paths)
        {
            PathScan scan = scanner.ScanDirectory(path.ToString(), TestContext.Current.CancellationToken);

            Assert.Empty(scan.Problems);
            Assert.Equal(
                closure.Nix.References(path.ToString()).Select(StorePath.Parse).Select(reference => reference.Hash).Order(),
                scan.References.Select(reference => reference.Target));
            Assert.Equal(closure.Nix.NarSize(path.ToString()), scan.NarSize);
            Assert.True(NarHash.TryParse(closure.Nix.NarHash(path.ToString()), out NarHash registered));
            Assert.Equal(registered, scan.NarHash);
        }
    }

    [Fact]
    public async Task Every_path_scans_the_same_from_its_directory_and_from_the_NAR_that_Nix_dumps()
    {
        PathScanner scanner = new(ReferenceSet.Create(closure.Paths), Hashing);
        foreach (StorePath path in closure.Paths)
        {
            PathScan fromDirectory = scanner.ScanDirectory(path.ToString(), TestContext.Current.CancellationToken);
            ReadOnlySequence<byte> nar = new(closure.Nix.Dump(path.ToString()));

            PathScan fromNar = await scanner.ScanNarAsync(PipeReader.Create(nar), TestContext.Current.CancellationToken);

            PathScanAssert.Equal(fromDirectory, fromNar);
        }
    }

    [Fact]
    public void Every_program_is_of_the_platform_of_its_side()
    {
        PathScanner scanner = new(ReferenceSet.Create(closure.Paths));
        IEnumerable<(string Name, string Expected, string? Actual)> programs =
            from path in closure.Paths
            from tally in scanner.ScanDirectory(path.ToString(), TestContext.Current.CancellationToken).Platforms
            where tally.Role == FileRole.Program
            select (path.Name, CrossClosure.BuildSide.Contains(path.Name) ? "x86_64-linux" : "armv7l-linux", tally.Platform?.System);

        Assert.NotEmpty(programs);
        Assert.All(programs, program => Assert.Equal(program.Expected, program.Actual));
    }
}
