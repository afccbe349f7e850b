using System.Collections.Immutable;
using ClosureScan.Analysis.Graph;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Explaining;

/// <summary>Finds the packages that a closure has several paths of, by the names of the paths alone.</summary>
internal static class TwinFinder
{
    /// <summary>
    /// All packages with several paths that the roots reach: those that are there more than once first, then those that are only
    /// split into outputs; of each the largest first, then by name. O(n log n + e), and for each variant of
    /// several paths the references out of what leaves with it.
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

        PackageTwins[] found = [.. packages.Where(package => package.Value.Count > 1).Select(package => Describe(package.Key, package.Value))];
        return
        [
            .. AddSizes(graph, found)
                .OrderByDescending(package => package.IsRepeated)
                .ThenByDescending(package => package.SelfSize)
                .ThenBy(package => package.PackageName, StringComparer.Ordinal),
        ];
    }

    private static PackageTwins Describe(string packageName, List<PackageTwin> twins)
    {
        ImmutableArray<PackageTwin> sorted = [.. twins.OrderByDescending(twin => twin.SelfSize).ThenBy(twin => twin.Path)];
        return new PackageTwins
        {
            PackageName = packageName,
            Differences = Compare(twins),
            Paths = sorted,
            Variants =
            [
                .. sorted.GroupBy(twin => (twin.Name.Version, twin.Name.HostTriple, twin.Name.TargetTriple, twin.Name.IsStatic)).Select(group => new PackageVariant
                {
                    Version = group.Key.Version,
                    HostTriple = group.Key.HostTriple,
                    TargetTriple = group.Key.TargetTriple,
                    IsStatic = group.Key.IsStatic,
                    Paths = [.. group],
                    AddedSize = group.First().AddedSize,
                }),
            ],
            SelfSize = twins.Sum(twin => twin.SelfSize),
        };
    }

    /// <summary>Finds out what leaves with the variants of several paths; with one of a single path leaves what leaves with the path.</summary>
    private static IEnumerable<PackageTwins> AddSizes(ClosureGraph graph, PackageTwins[] packages)
    {
        PackageVariant[] several = [.. packages.SelectMany(package => package.Variants).Where(variant => variant.Paths.Length > 1)];
        long[] sizes = JointAddedSizes.Compute(graph, [.. several.Select(variant => variant.Paths.Select(twin => Node(graph, twin.Path)).ToArray())]);
        Dictionary<PackageVariant, long> added = new(ReferenceEqualityComparer.Instance);
        for (int index = 0; index < several.Length; index++)
        {
            added.Add(several[index], sizes[index]);
        }

        return packages.Select(package => package with
        {
            Variants = [.. package.Variants.Select(variant => added.TryGetValue(variant, out long size) ? variant with { AddedSize = size } : variant)],
        });
    }

    private static int Node(ClosureGraph graph, StorePath path) => graph.TryGetNode(path, out int node) ? node : -1;

    private static TwinDifferences Compare(List<PackageTwin> twins)
    {
        return When(CountOf(name => name.Version) > 1, TwinDifferences.Version)
            | When(CountOf(name => (name.HostTriple, name.TargetTriple)) > 1, TwinDifferences.Platform)
            | When(CountOf(name => name.Output) > 1, TwinDifferences.Output)
            | When(CountOf(name => (name.Version, name.HostTriple, name.TargetTriple, name.Output)) < twins.Count, TwinDifferences.Build);

        int CountOf<T>(Func<StorePathName, T> part) => twins.Select(twin => part(twin.Name)).Distinct().Count();

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
