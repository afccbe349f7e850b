using ClosureScan.Analysis.Graph;
using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Explaining;

/// <summary>
/// The splits of one path. What a path alone holds are its children in the dominator tree and what those hold. A child is freed when no
/// reference is left whose other end reaches it; so there is exactly one smallest set of files to move for each child: those that hold
/// any of the references that reach it. Chains between children stay below the path, since whatever else led there would be a
/// chain around it.
/// </summary>
internal sealed class PathSplits
{
    private readonly ClosureGraph _graph;
    private readonly DominatorTree _dominators;
    private readonly int _path;
    private readonly int[] _children;
    private readonly List<int>[] _before;
    private readonly List<int>[] _after;

    /// <summary>For each child the files that hold the path's own reference to it; null where there is none, or it cannot move.</summary>
    private readonly HashSet<string>?[] _files;

    public PathSplits(ClosureGraph graph, DominatorTree dominators, int path, FoundReference?[] found)
    {
        _graph = graph;
        _dominators = dominators;
        _path = path;
        _children = dominators.Children(path).ToArray();
        _before = Array.ConvertAll(_children, _ => new List<int>());
        _after = Array.ConvertAll(_children, _ => new List<int>());
        _files = Array.ConvertAll(_children, child => Edge(child) is >= 0 and int edge ? AllFiles(found[edge]) : null);
        for (int child = 0; child < _children.Length; child++)
        {
            Link(child);
        }
    }

    /// <summary>The files of every split, and the bytes that it frees; each set of files once.</summary>
    public IEnumerable<(HashSet<string> Files, long FreedBytes)> Find()
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int child = 0; child < _children.Length; child++)
        {
            if (FilesToFree(child) is { } files && seen.Add(string.Join('\0', files.Order(StringComparer.Ordinal))))
            {
                yield return (files, FreedBytes(files));
            }
        }
    }

    /// <summary>The edges of a path that go when files leave it: those that no other file holds.</summary>
    public static int[] EdgesOf(ClosureGraph graph, int path, FoundReference?[] found, HashSet<string> files) =>
        [.. Enumerable.Range(graph.FirstEdge(path), graph.Successors(path).Length).Where(edge => AllFiles(found[edge])?.IsSubsetOf(files) == true)];

    /// <summary>The files that hold a reference; null when not all of them are known, or one is a symlink or a name.</summary>
    private static HashSet<string>? AllFiles(FoundReference? found) =>
        found is not null && EditedFiles.CountFiles(found.Evidence) >= found.FileCount && found.Evidence.All(evidence => evidence.FileSize is not null)
            ? found.Evidence.Select(evidence => evidence.File).ToHashSet(StringComparer.Ordinal)
            : null;

    private int Edge(int child) => _graph.FindEdge(_path, child);

    /// <summary>Finds the other children that refer to a child, by themselves or by what they hold.</summary>
    private void Link(int child)
    {
        foreach (int predecessor in _graph.Predecessors(_children[child]))
        {
            int holder = predecessor;
            while (holder != _path && _dominators.IsReachable(holder) && _dominators.ImmediateDominator(holder) != _path)
            {
                holder = _dominators.ImmediateDominator(holder);
            }

            if (holder != _path && _dominators.IsReachable(holder) && holder != _children[child])
            {
                int before = Array.BinarySearch(_children, holder);
                _before[child].Add(before);
                _after[before].Add(child);
            }
        }
    }

    /// <summary>The files that hold any reference by which the path reaches a child; null when one of them cannot move.</summary>
    private HashSet<string>? FilesToFree(int child)
    {
        HashSet<string> files = new(StringComparer.Ordinal);
        foreach (int member in Walk([child], _before))
        {
            if (Edge(_children[member]) >= 0)
            {
                if (_files[member] is not { } own)
                {
                    return null;
                }

                files.UnionWith(own);
            }
        }

        return files;
    }

    private long FreedBytes(HashSet<string> files)
    {
        HashSet<int> left = Walk(
            Enumerable.Range(0, _children.Length).Where(child => Edge(_children[child]) >= 0 && _files[child]?.IsSubsetOf(files) != true), _after);
        return Enumerable.Range(0, _children.Length).Where(child => !left.Contains(child)).Sum(child => _dominators.RetainedSize(_children[child]));
    }

    private static HashSet<int> Walk(IEnumerable<int> start, List<int>[] next)
    {
        HashSet<int> reached = [.. start];
        Stack<int> waiting = new(reached);
        while (waiting.TryPop(out int member))
        {
            foreach (int other in next[member])
            {
                if (reached.Add(other))
                {
                    waiting.Push(other);
                }
            }
        }

        return reached;
    }
}
