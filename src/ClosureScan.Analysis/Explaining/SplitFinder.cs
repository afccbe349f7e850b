using System.Collections.Immutable;
using System.Diagnostics;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>Finds the files whose move into another output of their package frees most.</summary>
internal static class SplitFinder
{
    /// <summary>
    /// The splits that free most, most first, those with fewer files first among equals. For every path that something else of the
    /// closure hangs on there is one for each smallest set of files that frees any of it. Left out are paths of the build side, which
    /// nobody edits; sets with a symlink, which is there for what it leads to; and sets of more than half of a path's files, which are no
    /// part of it but the thing itself.
    /// </summary>
    /// <remarks>
    /// A reference goes when every file that holds it moves. One whose files are not all known, as of a
    /// saved report, counts as staying. For a path with c children in the dominator tree and s references
    /// between them O((c + s) · files / 64), as a rule; paths that cannot free more than what is found already are not looked at.
    /// </remarks>
    /// <param name="report">The closure, analysed.</param>
    /// <param name="limit">The most splits to return, at least 1.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ArgumentException">The report is a saved one: it does not tell the files.</exception>
    public static ImmutableArray<FileSplit> Find(ClosureReport report, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (report.IsSaved)
        {
            throw new ArgumentException("A saved report does not tell the files that hold references.", nameof(report));
        }

        ClosureGraph graph = report.Graph;
        DominatorTree dominators = report.Model.Dominators;
        KnownReferences known = new(report);
        var found = new FoundReference?[graph.EdgeCount];
        Condensation order = Condensation.Compute(graph);
        PriorityQueue<long, long> best = new();
        List<FileSplit> splits = [];
        foreach (int path in Candidates(report, dominators))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (best.Count == limit && Held(graph, dominators, path) < best.Peek())
            {
                break;
            }

            known.FindAll(graph, path, found);
            Dictionary<string, long> sizes = FileSizes(graph, path, found);
            long fileCount = report.Closure.Paths[path].Scan!.FileCount;
            foreach ((IReadOnlyList<string> files, long freedBytes) in new PathSplits(graph, dominators, path, found, order, fileCount / 2).Find())
            {
                if (freedBytes > 0 && (best.Count < limit || freedBytes >= best.Peek()))
                {
                    splits.Add(new FileSplit
                    {
                        Path = graph.Paths[path],
                        Files = [.. files],
                        FileBytes = files.Sum(file => sizes[file]),
                        PathFileCount = fileCount,
                        References = [],
                        Freed = [],
                        FreedBytes = freedBytes,
                    });
                    best.Enqueue(freedBytes, freedBytes);
                    if (best.Count > limit)
                    {
                        best.Dequeue();
                    }
                }
            }
        }

        return
        [
            .. splits.OrderByDescending(split => split.FreedBytes).ThenBy(split => split.Files.Length).ThenBy(split => split.Path)
                .Take(limit).Select(split => Check(graph, split, found)),
        ];
    }

    /// <summary>The paths that may be split, those that hold most first.</summary>
    private static IEnumerable<int> Candidates(ClosureReport report, DominatorTree dominators) => Enumerable.Range(0, report.Graph.NodeCount)
        .Where(node => report.Paths[node].Side != PathSide.Foreign && report.Closure.Paths[node].Scan is not null && Held(report.Graph, dominators, node) > 0)
        .OrderByDescending(node => Held(report.Graph, dominators, node));

    /// <summary>What leaves with a path beside itself: more than that no split of it frees.</summary>
    private static long Held(ClosureGraph graph, DominatorTree dominators, int node) => Math.Max(0, dominators.RetainedSize(node) - graph.NarSize(node));

    /// <summary>The sizes of the regular files that hold references.</summary>
    private static Dictionary<string, long> FileSizes(ClosureGraph graph, int path, FoundReference?[] found)
    {
        Dictionary<string, long> sizes = new(StringComparer.Ordinal);
        for (int edge = graph.FirstEdge(path); edge < graph.FirstEdge(path) + graph.Successors(path).Length; edge++)
        {
            foreach (ReferenceEvidence evidence in found[edge]?.Evidence ?? [])
            {
                sizes[evidence.File] = evidence.FileSize ?? 0;
            }
        }

        return sizes;
    }

    /// <summary>Walks the closure without the references that go, and tells what that frees.</summary>
    private static FileSplit Check(ClosureGraph graph, FileSplit split, FoundReference?[] found)
    {
        _ = graph.TryGetNode(split.Path, out int path);
        int[] edges = PathSplits.EdgesOf(graph, path, found, split.Files.ToHashSet(StringComparer.Ordinal));
        WhatIf outcome = WhatIf.Without(graph, [], edges);
        return outcome.FreedBytes != split.FreedBytes
            ? throw new UnreachableException($"Splitting {split.Path} frees {outcome.FreedBytes} bytes, not {split.FreedBytes}.")
            : split with
            {
                References = [.. edges.Select(edge => graph.Paths[graph.EdgeTarget(edge)])],
                Freed = [.. Enumerable.Range(0, graph.NodeCount).Where(outcome.IsFreed).Select(node => graph.Paths[node])],
            };
    }
}
