using ClosureScan.Testing;

namespace ClosureScan.Tests.Fixtures;

/// <summary>That the committed sample is what its list of leaks and a real Nix say of it.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class LeakyCacheTests(RealNix nix) : IClassFixture<RealNix>
{
    [Fact]
    public void References_from_the_host_side_to_the_build_side_are_exactly_the_listed_leaks()
    {
        IEnumerable<(string, string)> crossing =
            from path in LeakyCache.Paths
            where !LeakyCache.BuildSide.Contains(path.Name)
            from reference in ReferenceNames(path.Hash.ToString())
            where LeakyCache.BuildSide.Contains(reference)
            select (path.Name, reference);

        Assert.Equal(
            LeakyCache.Leaks.Select(leak => (leak.From, leak.To)).Distinct().Order(),
            crossing.Order());
    }

    [Fact]
    public void Cache_stays_below_a_mebibyte()
    {
        long size = Directory.EnumerateFiles(LeakyCache.Location, "*", SearchOption.AllDirectories)
            .Sum(file => new FileInfo(file).Length);

        Assert.InRange(size, 1, 1 << 20);
    }

    [Fact]
    public void Nix_reads_the_whole_cache_back_and_finds_every_hash_right()
    {
        string root = nix.NewFolder();
        ToolRun copy = nix.Run(
            "nix", "copy", "--no-check-sigs", "--from", $"file://{LeakyCache.Location}", "--to", root, LeakyCache.Root.ToString());
        Assert.True(copy.ExitCode == 0, copy.Error);

        ToolRun verify = nix.Run("nix-store", "--store", root, "--verify", "--check-contents");
        Assert.True(verify.ExitCode == 0, verify.Error);
        Assert.Equal(
            LeakyCache.Paths.Select(path => path.BaseName),
            Directory.EnumerateDirectories(Path.Combine(root, "nix/store")).Select(Path.GetFileName).Where(name => name![0] != '.').Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> ReferenceNames(string hash) =>
        File.ReadLines(Path.Combine(LeakyCache.Location, $"{hash}.narinfo"))
            .First(line => line.StartsWith("References: ", StringComparison.Ordinal))["References: ".Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(baseName => baseName[33..]);
}
