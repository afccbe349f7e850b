using ClosureScan.Analysis.Graph;
using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Explaining;

/// <summary>
/// The splits of one path. What a path alone holds are its children in the dominator tree and what those hold. A child is freed when no
/// reference is left whose other end reaches it; so there is exactly one smallest set of files to move for each child: those that hold
/// any of the references that reach it. Chains between children stay below the path, since whatever else led there would be a
/// chain around it. Files free the children whose smallest sets lie in them, so that these sets tell all.
/// </summary>
internal sealed class PathSplits
{
    private readonly ClosureGraph _graph;
    private readonly DominatorTree _dominators;
    private readonly int _path;
    private readonly long _maxFiles;
    private readonly int[] _children;

    /// <summary>The files that hold references, sorted.</summary>
    private readonly string[] _names;

    /// <summary>For each child the files to move to free it; null when one of them cannot, or there are too many.</summary>
    private readonly FileSet?[] _files;

    /// <param name="graph">The closure.</param>
    /// <param name="dominators">Its dominator tree.</param>
    /// <param name="path">The path to split.</param>
    /// <param name="found">For each edge of the graph what is known of it.</param>
    /// <param name="order">The cycles of the graph, and thereby an order of its nodes.</param>
    /// <param name="maxFiles">The most files of a split.</param>
    public PathSplits(ClosureGraph graph, DominatorTree dominators, int path, FoundReference?[] found, Condensation order, long maxFiles)
    {
        _graph = graph;
        _dominators = dominators;
        _path = path;
        _maxFiles = maxFiles;
        _children = dominators.Children(path).ToArray();
        HashSet<string>?[] holders = Array.ConvertAll(_children, child => graph.FindEdge(path, child) is >= 0 and int edge ? AllFiles(found[edge]) : []);
        _names = [.. holders.SelectMany(files => files ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        for (int file = 0; file < _names.Length; file++)
        {
            numbers.Add(_names[file], file);
        }

        _files = Array.ConvertAll(holders, files => files is null || files.Count > maxFiles ? null : ToSet(files, numbers));
        Spread(order);
    }

    /// <summary>The files of every split, sorted, and the bytes that it frees; each set of files once.</summary>
    public IEnumerable<(IReadOnlyList<string> Files, long FreedBytes)> Find()
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        List<(FileSet Files, long Bytes)> distinct = [];
        for (int child = 0; child < _children.Length; child++)
        {
            if (_files[child] is { } files)
            {
                if (!places.TryGetValue(files.Key, out int place))
                {
                    places.Add(files.Key, place = distinct.Count);
                    distinct.Add((files, 0));
                }

                distinct[place] = (files, distinct[place].Bytes + _dominators.RetainedSize(_children[child]));
            }
        }

        // A set that lies in another begins with one of its files.
        ILookup<int, (FileSet Files, long Bytes)> byFirstFile = distinct.ToLookup(set => set.Files.Files().First());
        foreach ((FileSet files, _) in distinct)
        {
            long freedBytes = 0;
            foreach (int first in files.Files())
            {
                foreach ((FileSet part, long bytes) in byFirstFile[first])
                {
                    freedBytes += part.IsSubsetOf(files) ? bytes : 0;
                }
            }

            yield return ([.. files.Files().Select(file => _names[file])], freedBytes);
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

    private static FileSet ToSet(HashSet<string> files, Dictionary<string, int> numbers)
    {
        FileSet set = new(numbers.Count);
        foreach (string file in files)
        {
            set.Add(numbers[file]);
        }

        return set;
    }

    /// <summary>Gives every child the files of those that lead to it, until nothing changes: after one round, but for cycles.</summary>
    private void Spread(Condensation order)
    {
        List<int>[] after = Array.ConvertAll(_children, _ => new List<int>());
        for (int child = 0; child < _children.Length; child++)
        {
            Link(child, after);
        }

        Queue<int> waiting = new(Enumerable.Range(0, _children.Length).OrderByDescending(child => order.Components[_children[child]]));
        bool[] waits = new bool[_children.Length];
        Array.Fill(waits, true);
        while (waiting.TryDequeue(out int child))
        {
            waits[child] = false;
            foreach (int next in after[child])
            {
                if (Take(next, _files[child]) && !waits[next])
                {
                    waits[next] = true;
                    waiting.Enqueue(next);
                }
            }
        }
    }

    /// <summary>Adds files to those of a child; whether that changes them.</summary>
    private bool Take(int child, FileSet? files)
    {
        if (_files[child] is not { } own || (files is not null && !own.Include(files)))
        {
            return false;
        }

        if (files is null || own.Count > _maxFiles)
        {
            _files[child] = null;
        }

        return true;
    }

    /// <summary>Notes a child with the other children that refer to it, by themselves or by what they hold.</summary>
    private void Link(int child, List<int>[] after)
    {
        int last = -1;
        foreach (int predecessor in _graph.Predecessors(_children[child]))
        {
            int holder = predecessor;
            while (holder != _path && _dominators.IsReachable(holder) && _dominators.ImmediateDominator(holder) != _path)
            {
                holder = _dominators.ImmediateDominator(holder);
            }

            if (holder != _path && _dominators.IsReachable(holder) && holder != _children[child] && holder != last)
            {
                after[Array.BinarySearch(_children, holder)].Add(child);
                last = holder;
            }
        }
    }
}
