using System.Collections.Immutable;
using ClosureScan.Analysis.Graph;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// Judges a scanned closure: puts each path on its side, and reports every edge on which the closure leaves the host's
/// side, and every file of the wrong platform inside it. What lies behind such an edge is the leak's cost, not a leak of its own.
/// </summary>
public static class LeakAnalyzer
{
    /// <summary>Analyses <paramref name="closure"/>. Cost: near linear in paths, references and evidence.</summary>
    public static LeakReport Analyze(ScannedClosure closure, LeakOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(closure);
        options ??= LeakOptions.Default;
        (Platform? host, HostOrigin origin) = HostInference.Infer(closure, options);
        ClosureGraph graph = ClosureGraph.Create(closure);
        ClosureSizes sizes = ClosureSizes.Compute(graph, cancellationToken);
        SidedClosure sided = SidedClosure.Create(closure, graph, new PathClassifier(host, origin, options.Legitimate));
        LegitimateCode legitimate = new(sided, options.Legitimate);
        LeakFinder finder = new(closure, sizes, sided, host, legitimate);
        ImmutableArray<Leak> leaks = finder.Find(cancellationToken);
        return new LeakReport
        {
            Closure = closure,
            Graph = graph,
            Host = host,
            HostFrom = origin,
            Build = options.Build ?? BuildPlatform(closure, sided.Classifier),
            Paths = Describe(graph, sizes, sided),
            Leaks = leaks,
            LetThrough = legitimate.LetThrough,
            ClosureSize = sizes.TotalSize,
        };
    }

    /// <summary>The foreign platform that most programs and libraries are built for.</summary>
    private static Platform? BuildPlatform(ScannedClosure closure, PathClassifier classifier) => closure.Paths
        .SelectMany(path => path.Scan?.Platforms ?? [])
        .Where(tally => tally.Role is FileRole.Program or FileRole.SharedLibrary && classifier.IsForeign(tally.Platform))
        .GroupBy(tally => tally.Platform!.System)
        .OrderByDescending(group => group.Sum(tally => tally.FileCount))
        .ThenBy(group => group.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.First().Platform;

    private static ImmutableArray<AnalyzedPath> Describe(ClosureGraph graph, ClosureSizes sizes, SidedClosure sided)
    {
        ImmutableArray<AnalyzedPath>.Builder paths = ImmutableArray.CreateBuilder<AnalyzedPath>(graph.NodeCount);
        for (int node = 0; node < graph.NodeCount; node++)
        {
            ReadOnlySpan<int> successors = graph.Successors(node);
            var references = ImmutableArray.CreateBuilder<Paths.StorePath>(successors.Length);
            foreach (int successor in successors)
            {
                references.Add(graph.Paths[successor]);
            }

            paths.Add(new AnalyzedPath
            {
                Path = graph.Paths[node],
                NarSize = sizes.SelfSize(node),
                ClosureSize = sizes.ClosureSize(node),
                AddedSize = sizes.AddedSize(node),
                References = references.MoveToImmutable(),
                Side = sided.Sides[node],
                Platforms = sided.Platforms[node],
                Because = sided.Reasons[node],
            });
        }

        return paths.MoveToImmutable();
    }
}
