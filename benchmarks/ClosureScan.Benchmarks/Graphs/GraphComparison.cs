using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ClosureScan.Analysis.Graph;

namespace ClosureScan.Benchmarks.Graphs;

/// <summary>Times every graph algorithm on made-up stores of three sizes, checks the answers, and prints Markdown.</summary>
internal static class GraphComparison
{
    private const int Seed = 20250701;

    private static readonly (string Name, int Nodes, int Edges, int Runs)[] Shapes =
    [
        ("system", 12_000, 150_000, 9),
        ("store", 100_000, 1_200_000, 3),
        ("fleet", 1_000_000, 10_000_000, 1),
    ];

    internal static int Run(string[] names)
    {
        Console.WriteLine($"CPU: {CpuName()}, {Environment.ProcessorCount} threads visible, one used. {RuntimeInformation.FrameworkDescription}, "
            + $"{RuntimeInformation.OSDescription}. QuikGraph {typeof(QuikGraph.IGraph<,>).Assembly.GetName().Version?.ToString(3)}. Seed {Seed}.");
        foreach ((string name, int nodes, int edges, int runs) in Shapes)
        {
            if (names.Length == 0 || names.Contains(name))
            {
                RunShape(name, nodes, edges, runs);
            }
        }

        return 0;
    }

    private static void RunShape(string name, int nodeCount, int edgeCount, int runs)
    {
        StoreShapedGraph store = StoreShapedGraph.Create(nodeCount, edgeCount, Seed);
        var table = new TimingTable(runs);
        ClosureGraph graph = table.Time("build the rows (both directions)", store.Build);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"## {name}: {graph.NodeCount:N0} paths, {graph.EdgeCount:N0} references, {graph.Roots.Length} roots"));
        Console.WriteLine();

        int hub = store.Ranked[nodeCount / 20];
        int[] leaks = LeakTargets(store, graph);
        int[] weights = Weights(store, graph);
        ShortestPaths paths = table.Time("shortest chains to all paths", () => ShortestPaths.FromRoots(graph));
        DominatorTree dominators = table.Time("dominator tree, added sizes of all paths", () => DominatorTree.Compute(graph));
        table.Time("bytes freed by every single reference", () => SingleEdits.Compute(graph, dominators));
        ChainSubgraph chains = table.Time("all chains to one hub, ranked", () => ChainSubgraph.Compute(graph, [hub]));
        table.Time("number of those chains", () => (object)chains.CountChains()!);
        table.Time("what-if without 100 paths", () => WhatIf.Without(graph, leaks.AsSpan(0, Math.Min(100, leaks.Length)), []));
        MinimumCut one = table.Time("minimum cut that frees the hub", () => MinimumCut.Find(graph, [hub], weights));
        MinimumCut all = table.Time("minimum cut that frees 1% of the paths", () => MinimumCut.Find(graph, leaks, weights));

        // Quadratic, so over a minute for the fleet: left out there.
        ClosureSizes? sizes = nodeCount > 100_000 ? null
            : table.Time("closure sizes of all paths, exact (dominators included)", () => ClosureSizes.Compute(graph));
        table.Print();
        Check(graph, paths, dominators, sizes, one, all);
        Console.WriteLine();
        string reach = sizes is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $", and {Enumerable.Range(0, graph.NodeCount).Average(sizes.ClosureCount):N0} paths in an average closure");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Total {table.TotalProcessorMilliseconds / 1000:F2} s of processor, {table.TotalMilliseconds / 1000:F2} s by the clock; peak memory of the process {PeakMebibytes():N0} MiB, the generator's lists included. "
            + $"Chains to the hub: {chains.Edges.Length:N0} references; farthest path {Enumerable.Range(0, graph.NodeCount).Max(paths.Distance)} references away{reach}. "
            + $"Cuts: {one.Edges.Length} references of weight {one.Weight}; {all.Edges.Length:N0} of weight {all.Weight:N0}, freeing {all.Outcome.FreedBytes >> 20:N0} MiB."));
        if (nodeCount <= 100_000)
        {
            QuikGraphPeers.Print(store, graph, hub, runs);
            Console.WriteLine();
            TimingTable explained = ReportComparison.Run(store, Seed, runs);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Total of this table {explained.TotalProcessorMilliseconds / 1000:F2} s of processor, with the first one {(table.TotalProcessorMilliseconds + explained.TotalProcessorMilliseconds) / 1000:F2} s; "
                + $"peak memory of the process {PeakMebibytes():N0} MiB, both closures with their evidence included."));
        }
    }

    /// <summary>The laws that the tests hold on small graphs, held here on large ones.</summary>
    private static void Check(ClosureGraph graph, ShortestPaths paths, DominatorTree dominators, ClosureSizes? sizes, params MinimumCut[] cuts)
    {
        long closure = 0;
        foreach (int node in dominators.TopLevel)
        {
            closure += dominators.RetainedSize(node);
        }

        Laws.Require(closure == WhatIf.Without(graph, [], []).ClosureSize, "added sizes of the top level = closure size");
        for (int node = 0; node < graph.NodeCount; node += graph.NodeCount / 25)
        {
            bool[] reached = Reachability.From(graph, [node]);
            long walked = 0;
            for (int other = 0; other < reached.Length; other++)
            {
                walked += reached[other] ? graph.NarSize(other) : 0;
            }

            Laws.Require(sizes is null || walked == sizes.ClosureSize(node), "closure size = sum over a walk");
            Laws.Require(!paths.IsReachable(node) || WhatIf.Without(graph, [node], []).FreedBytes == dominators.RetainedSize(node), "added size = what a walk misses");
        }

        foreach (MinimumCut cut in cuts)
        {
            Laws.Require(cut.IsPossible && cut.Edges.Length > 0, "the cut exists");
        }
    }

    /// <summary>A hundredth of the paths, from the lower half of the layers.</summary>
    private static int[] LeakTargets(StoreShapedGraph store, ClosureGraph graph)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, graph.NodeCount / 100).Select(_ => store.Ranked[random.Next(graph.NodeCount / 100, graph.NodeCount / 2)])];
    }

    /// <summary>One to twenty files hold a reference; nobody edits the references inside the upper half of the layers.</summary>
    private static int[] Weights(StoreShapedGraph store, ClosureGraph graph)
    {
        var random = new Random(Seed);
        int[] ranks = new int[graph.NodeCount];
        for (int rank = 0; rank < ranks.Length; rank++)
        {
            ranks[store.Ranked[rank]] = rank;
        }

        int[] weights = new int[graph.EdgeCount];
        for (int node = 0; node < graph.NodeCount; node++)
        {
            ReadOnlySpan<int> successors = graph.Successors(node);
            for (int index = 0; index < successors.Length; index++)
            {
                bool inside = Math.Min(ranks[node], ranks[successors[index]]) >= graph.NodeCount / 2;
                weights[graph.FirstEdge(node) + index] = inside ? MinimumCut.Uncuttable : random.Next(1, 21);
            }
        }

        return weights;
    }

    private static string CpuName() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown"
        : RuntimeInformation.ProcessArchitecture.ToString();

    private static long PeakMebibytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 >> 20;
    }
}
