using System.Collections.Immutable;
using ClosureScan.Analysis.Graph;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Explaining;

/// <summary>Finds the packages that a closure has several paths of, by the names of the paths alone.</summary>
public static class TwinFinder
{
    /// <summary>
    /// All packages with several paths that the roots reach: those that are there more than once first, then those that are only
    /// split into outputs; of each the largest first, then by name. O(n log n + e).
    /// </summary>
    /// <param name="graph">A closure with its paths.</param>
    /// <param name="sizes">The sizes of the same graph.</param>
    public static ImmutableArray<PackageTwins> Find(ClosureGraph graph, ClosureSizes sizes)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(sizes);
        Dictionary<string, List<PackageTwin>> packages = new(StringComparer.Ordinal);
        for (int node = 0; node < graph.Paths.Length; node++)
        {
            if (!sizes.Dominators.IsReachable(node))
            {
                continue;
            }

            StorePathName name = StorePathName.Parse(graph.Paths[node].Name);
            if (!packages.TryGetValue(name.PackageName, out List<PackageTwin>? twins))
            {
                packages.Add(name.PackageName, twins = []);
            }

            twins.Add(new PackageTwin(graph.Paths[node], name, sizes.SelfSize(node), sizes.AddedSize(node), Holders(graph, sizes, node)));
        }

        return
        [
            .. packages.Where(package => package.Value.Count > 1).Select(package => Describe(package.Key, package.Value))
                .OrderByDescending(package => package.IsRepeated)
                .ThenByDescending(package => package.SelfSize)
                .ThenBy(package => package.PackageName, StringComparer.Ordinal),
        ];
    }

    private static PackageTwins Describe(string packageName, List<PackageTwin> twins) => new()
    {
        PackageName = packageName,
        Differences = Compare(twins),
        Paths = [.. twins.OrderByDescending(twin => twin.SelfSize).ThenBy(twin => twin.Path)],
        SelfSize = twins.Sum(twin => twin.SelfSize),
    };

    private static TwinDifferences Compare(List<PackageTwin> twins)
    {
        return When(CountOf(twin => twin.Name.Version) > 1, TwinDifferences.Version)
            | When(CountOf(twin => twin.Name.Host?.System) > 1, TwinDifferences.Platform)
            | When(CountOf(twin => twin.Name.Output) > 1, TwinDifferences.Output)
            | When(CountOf(twin => (twin.Name.Version, twin.Name.Host?.System, twin.Name.Output)) < twins.Count, TwinDifferences.Build);

        int CountOf<T>(Func<PackageTwin, T> part) => twins.Select(part).Distinct().Count();

        static TwinDifferences When(bool differs, TwinDifferences difference) => differs ? difference : TwinDifferences.None;
    }

    private static ImmutableArray<StorePath> Holders(ClosureGraph graph, ClosureSizes sizes, int node)
    {
        ImmutableArray<StorePath>.Builder holders = ImmutableArray.CreateBuilder<StorePath>();
        foreach (int predecessor in graph.Predecessors(node))
        {
            if (sizes.Dominators.IsReachable(predecessor))
            {
                holders.Add(graph.Paths[predecessor]);
            }
        }

        return holders.ToImmutable();
    }
}
