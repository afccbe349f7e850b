using ClosureScan.Analysis;
using ClosureScan.Stores;
using QuikGraph;
using QuikGraph.Algorithms;

namespace ClosureScan.Samples;

/// <summary>The closure is a QuikGraph graph: its algorithms run on it without a copy.</summary>
public static class QuikGraphOnAClosure
{
    public static async Task RunAsync(string uri, string root, TextWriter output, CancellationToken stop)
    {
        await using IStore store = await Store.OpenAsync(uri, stop);
        ClosureReport report = await Closure.ScanAsync(store, root, new ClosureScanOptions { MetadataOnly = true }, cancellationToken: stop);

        // What is built first stands last: a path comes before what it refers to.
        int[] order = [.. report.Graph.TopologicalSort()];
        output.WriteLine($"{order.Length} paths from {report.Graph.Paths[order[0]].Name} to {report.Graph.Paths[order[^1]].Name}");

        foreach (IEnumerable<SEquatableEdge<int>> chain in report.Graph.RankedShortestPathHoffmanPavley(_ => 1, report.Graph.Roots[0], order[^1], maxCount: 3))
        {
            output.WriteLine(string.Join(" -> ", chain.Select(edge => report.Graph.Paths[edge.Target].Name)));
        }
    }
}
