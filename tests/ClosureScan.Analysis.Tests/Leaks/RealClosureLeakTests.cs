using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Leaks;

/// <summary>Two closures that a real Nix built, from their bytes to the findings: every known leak is found, and nothing else.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class RealClosureLeakTests(CrossClosure cross) : IClassFixture<CrossClosure>
{
    [Fact]
    public void Findings_in_real_packages_are_exactly_their_known_leaks()
    {
        ClosureReport report = ClosureAnalyzer.Analyze(
            Scan(cross.Root, cross.Paths, path => path.ToString(), path => cross.Nix.References(path.ToString())),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("armv7l-linux", report.Host?.System);
        AssertKnown(CrossClosure.Leaks, report);
    }

    [Fact]
    public void Findings_in_the_sample_are_exactly_its_known_leaks()
    {
        ClosureReport report = Sample();

        Assert.Equal("armv7l-linux", report.Host?.System);
        AssertKnown(LeakyCache.Leaks, report);
    }

    [Fact]
    public void Only_the_foreign_program_in_the_sample_is_told_as_a_foreign_file()
    {
        Assert.Equal(
            [(LeakyCache.Systemd, LeakyCache.ForeignProgram, Effect.Breaks)],
            from leak in Sample().Findings
            where leak.Rule == RuleIds.ForeignBinary
            from evidence in leak.Evidence
            select (leak.From.Name, evidence.File, leak.Effect));
    }

    [Fact]
    public void Sides_in_the_sample_are_those_of_its_making()
    {
        Assert.Equal(
            LeakyCache.BuildSide.Order(),
            Sample().Paths.Where(path => path.Side == PathSide.Foreign).Select(path => path.Path.Name).Order());
    }

    private ClosureReport Sample()
    {
        string root = cross.Nix.NewFolder();
        ToolRun copy = cross.Nix.Run(
            "nix", "copy", "--no-check-sigs", "--from", $"file://{LeakyCache.Location}", "--to", root, LeakyCache.Root.ToString());
        Assert.True(copy.ExitCode == 0, copy.Error);
        return ClosureAnalyzer.Analyze(
            Scan(
                LeakyCache.Root,
                LeakyCache.Paths,
                path => root + path,
                path => cross.Nix.Run("nix-store", "--store", root, "--query", "--references", path.ToString()).Lines),
            cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>The references between the sides, with the files that hold them, as the findings and as the fixture tell them.</summary>
    private static void AssertKnown(ImmutableArray<ExpectedLeak> known, ClosureReport report)
    {
        (string From, string To, string File)[] found =
        [
            .. from leak in report.Findings
               where leak.Rule != RuleIds.ForeignBinary
               from evidence in leak.Evidence
               select (leak.From.Name, leak.To!.Name, evidence.File),
        ];
        (string From, string To, string File)[] expected = [.. known.Select(leak => (leak.From, leak.To, leak.File)).Distinct()];

        Assert.Empty(expected.Except(found));
        Assert.Empty(found.Except(expected));
    }

    private static ScannedClosure Scan(
        StorePath root,
        ImmutableArray<StorePath> paths,
        Func<StorePath, string> locate,
        Func<StorePath, IEnumerable<string>> references)
    {
        PathScanner scanner = new(ReferenceSet.Create(paths));
        return new ScannedClosure
        {
            StoreDirectory = StorePath.DefaultStoreDirectory,
            Roots = [root],
            Paths = [.. paths.Select(path => Scanned(path, scanner.ScanDirectory(locate(path), TestContext.Current.CancellationToken)))],
        };

        ScannedPath Scanned(StorePath path, PathScan scan) => new(
            new PathInfo { Path = path, NarSize = scan.NarSize, References = [.. references(path).Select(StorePath.Parse).Order()] },
            scan);
    }
}
