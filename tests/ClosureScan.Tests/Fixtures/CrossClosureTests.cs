using System.Text;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Tests.Fixtures;

/// <summary>That the list of leaks of the cross-compiled closure is what Nix registered and what a plain search finds.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class CrossClosureTests(CrossClosure closure) : IClassFixture<CrossClosure>
{
    [Fact]
    public void Closure_has_at_least_fifteen_paths_of_two_sides()
    {
        Assert.InRange(closure.Paths.Length, 15, int.MaxValue);
        Assert.Equal(CrossClosure.RootName, closure.Root.Name);
        Assert.Equal(CrossClosure.BuildSide.Order(), closure.Paths.Select(path => path.Name).Where(CrossClosure.BuildSide.Contains).Order());
    }

    [Fact]
    public void References_that_Nix_registered_from_host_to_build_side_are_exactly_the_listed_leaks()
    {
        IEnumerable<(string, string)> crossing =
            from path in closure.Paths
            where !CrossClosure.BuildSide.Contains(path.Name)
            from reference in closure.Nix.References(path.ToString())
            let target = StorePath.Parse(reference).Name
            where CrossClosure.BuildSide.Contains(target)
            select (path.Name, target);

        Assert.Equal(CrossClosure.Leaks.Select(leak => (leak.From, leak.To)).Distinct().Order(), crossing.Order());
    }

    [Fact]
    public void Files_that_a_plain_search_finds_are_exactly_those_of_the_listed_leaks()
    {
        (string Name, byte[] Hash)[] targets =
        [
            .. closure.Paths.Where(path => CrossClosure.BuildSide.Contains(path.Name))
                .Select(path => (path.Name, Encoding.ASCII.GetBytes(path.Hash.ToString()))),
        ];

        IEnumerable<(string, string, string)> found =
            from path in closure.Paths
            where !CrossClosure.BuildSide.Contains(path.Name)
            from file in new DirectoryInfo(path.ToString()).EnumerateFiles("*", SearchOption.AllDirectories)
            let bytes = file.LinkTarget is { } link ? Encoding.UTF8.GetBytes(link) : File.ReadAllBytes(file.FullName)
            from target in targets
            where bytes.AsSpan().IndexOf(target.Hash) >= 0
            select (path.Name, target.Name, Path.GetRelativePath(path.ToString(), file.FullName));

        Assert.Equal(CrossClosure.Leaks.Select(leak => (leak.From, leak.To, leak.File)).Distinct().Order(), found.Order());
    }
}
