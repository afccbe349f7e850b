using System.Collections.Immutable;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Graph;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Explaining;

/// <summary>The shortest chains of two real closures against a plain breadth-first search over what their stores registered.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class RealClosureWhyTests(CrossClosure cross) : IClassFixture<CrossClosure>
{
    [Fact]
    public void Chains_in_real_packages_are_registered_references_and_none_is_shorter() =>
        AssertShortest(cross.Root, cross.Paths.ToDictionary(path => path, path => Parse(cross.Nix.References(path.ToString()))));

    [Fact]
    public void Chains_in_the_sample_are_registered_references_and_none_is_shorter() =>
        AssertShortest(LeakyCache.Root, LeakyCache.Paths.ToDictionary(path => path, ReadReferences));

    private static void AssertShortest(StorePath root, Dictionary<StorePath, ImmutableArray<StorePath>> references)
    {
        ScannedClosure closure = new()
        {
            StoreDirectory = StorePath.DefaultStoreDirectory,
            Roots = [root],
            Paths = [.. references.OrderBy(item => item.Key).Select(item => new ScannedPath(new PathInfo { Path = item.Key, NarSize = 1, References = item.Value }, null))],
        };
        Dictionary<StorePath, int> distances = Search(root, references);
        WhyReport report = WhyPlan.Create(ClosureGraph.Create(closure), references.Keys, WhyScope.Shortest, references.Count).Explain(closure);

        Assert.True(distances.Values.Max() > 2, "A closure this flat proves nothing.");
        Assert.Equal(references.Keys.Order(), report.Chains.Select(chain => chain.Target).Order());
        foreach (ExplainedChain chain in report.Chains)
        {
            Assert.Equal(distances[chain.Target], chain.References.Length);
            StorePath reached = root;
            foreach (ExplainedReference link in chain.References)
            {
                Assert.Equal(reached, link.From);
                Assert.Contains(link.To, references[link.From]);
                reached = link.To;
            }

            Assert.Equal(chain.Target, reached);
        }
    }

    private static Dictionary<StorePath, int> Search(StorePath root, Dictionary<StorePath, ImmutableArray<StorePath>> references)
    {
        Dictionary<StorePath, int> distances = new() { [root] = 0 };
        Queue<StorePath> queue = new([root]);
        while (queue.TryDequeue(out StorePath? path))
        {
            foreach (StorePath reference in references[path])
            {
                if (distances.TryAdd(reference, distances[path] + 1))
                {
                    queue.Enqueue(reference);
                }
            }
        }

        return distances;
    }

    /// <summary>The line of the narinfo, read without the reader that is tested elsewhere.</summary>
    private static ImmutableArray<StorePath> ReadReferences(StorePath path)
    {
        string line = File.ReadLines(Path.Combine(LeakyCache.Location, $"{path.Hash}.narinfo")).First(text => text.StartsWith("References:", StringComparison.Ordinal));
        return Parse(line["References:".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => $"{StorePath.DefaultStoreDirectory}/{name}"));
    }

    private static ImmutableArray<StorePath> Parse(IEnumerable<string> paths) => [.. paths.Select(StorePath.Parse).Order()];
}
