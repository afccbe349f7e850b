using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Graph;

/// <summary>Makes graphs, from what a store told or from bare numbers, and checks what it is given.</summary>
internal static class ClosureGraphBuilder
{
    internal static ClosureGraph Build(IEnumerable<(PathInfo Info, long? MeasuredSize)> described, IEnumerable<StorePath> roots)
    {
        (PathInfo Info, long? MeasuredSize)[] paths = [.. described];
        if (!IsSorted(paths))
        {
            Array.Sort(paths, (left, right) => left.Info.Path.CompareTo(right.Info.Path));
        }

        var nodes = new Dictionary<StorePath, int>(paths.Length);
        long[] sizes = new long[paths.Length];
        List<int> withoutSize = [];
        for (int node = 0; node < paths.Length; node++)
        {
            (PathInfo info, long? measured) = paths[node];
            if (!nodes.TryAdd(info.Path, node))
            {
                throw new ArgumentException($"{info.Path} is described twice.", nameof(described));
            }

            // Nix's database has 0 where it does not know; no NAR is shorter than its magic, so 0 is never a size.
            long? size = info.NarSize is null or 0 ? measured : info.NarSize;
            sizes[node] = size ?? 0;
            if (size is null)
            {
                withoutSize.Add(node);
            }
        }

        int count = paths.Sum(path => path.Info.References?.Length ?? 0);
        List<int> sources = new(count);
        List<int> targets = new(count);
        List<MissingReference> missing = [];
        for (int node = 0; node < paths.Length; node++)
        {
            foreach (StorePath reference in paths[node].Info.References ?? [])
            {
                if (nodes.TryGetValue(reference, out int target))
                {
                    sources.Add(node);
                    targets.Add(target);
                }
                else
                {
                    missing.Add(new MissingReference(paths[node].Info.Path, reference));
                }
            }
        }

        int[] rootNodes = [.. roots.Select(root => nodes.TryGetValue(root, out int node)
            ? node
            : throw new ArgumentException($"The root {root} is not among the paths.", nameof(roots)))];
        missing.Sort((left, right) => left.From.CompareTo(right.From) is not 0 and var order ? order : left.To.CompareTo(right.To));
        return new ClosureGraph(
            Rows(CollectionsMarshal.AsSpan(sources), CollectionsMarshal.AsSpan(targets), paths.Length, out bool[] selfReferences),
            CheckedSizes(sizes),
            selfReferences,
            SortedRoots(rootNodes, paths.Length))
        {
            Paths = [.. paths.Select(path => path.Info.Path)],
            MissingReferences = [.. missing.Distinct()],
            NodesWithoutSize = [.. withoutSize],
        };
    }

    /// <summary>A graph without paths: nodes are the indices of <paramref name="sizes"/>, edge i is sources[i] → targets[i].</summary>
    internal static ClosureGraph Build(ReadOnlySpan<int> sources, ReadOnlySpan<int> targets, long[] sizes, ReadOnlySpan<int> roots)
    {
        SparseRows rows = Rows(sources, targets, sizes.Length, out bool[] selfReferences);
        return new ClosureGraph(rows, CheckedSizes(sizes), selfReferences, SortedRoots(roots, sizes.Length));
    }

    private static bool IsSorted((PathInfo Info, long? MeasuredSize)[] paths)
    {
        for (int index = 1; index < paths.Length; index++)
        {
            if (paths[index - 1].Info.Path.CompareTo(paths[index].Info.Path) > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Grouping by target and then turning round sorts both ends in linear time; doubles come to lie side by side.</summary>
    private static SparseRows Rows(ReadOnlySpan<int> sources, ReadOnlySpan<int> targets, int nodeCount, out bool[] selfReferences)
    {
        if (sources.Length != targets.Length)
        {
            throw new ArgumentException("Every edge has a source and a target.", nameof(targets));
        }

        CheckNodes(sources, nodeCount);
        CheckNodes(targets, nodeCount);
        SparseRows sorted = SparseRows.Group(nodeCount, targets, sources).Transpose(nodeCount, out _);
        selfReferences = new bool[nodeCount];
        int[] starts = new int[nodeCount + 1];
        int kept = 0;
        for (int node = 0; node < nodeCount; node++)
        {
            int previous = -1;
            int end = sorted.Starts[node + 1];
            for (int index = sorted.Starts[node]; index < end; index++)
            {
                int target = sorted.Columns[index];
                if (target == node)
                {
                    selfReferences[node] = true;
                }
                else if (target != previous)
                {
                    sorted.Columns[kept++] = target;
                    previous = target;
                }
            }

            starts[node + 1] = kept;
        }

        return new SparseRows(starts, kept == sorted.Columns.Length ? sorted.Columns : sorted.Columns[..kept]);
    }

    private static void CheckNodes(ReadOnlySpan<int> nodes, int nodeCount)
    {
        foreach (int node in nodes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(node, nameof(nodes));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(node, nodeCount, nameof(nodes));
        }
    }

    private static int[] SortedRoots(ReadOnlySpan<int> roots, int nodeCount)
    {
        CheckNodes(roots, nodeCount);
        return [.. new SortedSet<int>(roots.ToArray())];
    }

    /// <summary>Once the sum of all sizes fits, every sum of some of them does.</summary>
    private static long[] CheckedSizes(long[] sizes)
    {
        long sum = 0;
        foreach (long size in sizes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(sizes));
            sum = sum <= long.MaxValue - size ? sum + size : throw new ArgumentException("The sizes add up to more than 2^63-1 bytes.", nameof(sizes));
        }

        return sizes;
    }
}
