using ClosureScan.Analysis.Graph;

namespace ClosureScan.Analysis.Comparing;

/// <summary>
/// Which path of one closure is which of another, each of at most one. A path is itself; a closure of one root is asked for again
/// under whatever name, so single roots are each other's; then come paths of the same package, output, platform and version, and
/// at last those of another version. Among several of one name those belong together whose neighbours do.
/// </summary>
internal sealed class PathAlignment
{
    private const int None = -1;

    /// <summary>Groups of more paths of one name (a thousand called "source") are joined in order: comparing each with each pays no more.</summary>
    private const int MaxCompared = 64;

    private readonly ClosureGraph _before;
    private readonly ClosureGraph _after;
    private readonly NodeNames _namesBefore;
    private readonly NodeNames _namesAfter;

    private PathAlignment(ClosureGraph before, ClosureGraph after, NodeNames namesBefore, NodeNames namesAfter)
    {
        (_namesBefore, _namesAfter) = (namesBefore, namesAfter);
        (_before, _after) = (before, after);
        ToAfter = new int[before.NodeCount];
        ToBefore = new int[after.NodeCount];
        Array.Fill(ToAfter, None);
        Array.Fill(ToBefore, None);
    }

    /// <summary>For each node before, the one after; -1 where there is none.</summary>
    public int[] ToAfter { get; }

    /// <summary>For each node after, the one before; -1 where there is none.</summary>
    public int[] ToBefore { get; }

    /// <summary>Aligns by the platforms that the names tell; a name without one is of a platform of its own.</summary>
    public static PathAlignment Create(ClosureGraph before, ClosureGraph after)
    {
        NodeNames namesBefore = new(before);
        NodeNames namesAfter = new(after);
        return Create(before, after, namesBefore.PlatformOf, namesAfter.PlatformOf, namesBefore, namesAfter);
    }

    /// <summary>Aligns by platforms that somebody knows better.</summary>
    /// <param name="before">One closure.</param>
    /// <param name="after">The other.</param>
    /// <param name="platformBefore">The platform of a node before; null for one that may be of any: text, pictures, sources.</param>
    /// <param name="platformAfter">The same, of a node after.</param>
    public static PathAlignment Create(
        ClosureGraph before, ClosureGraph after, Func<int, string?> platformBefore, Func<int, string?> platformAfter) =>
        Create(before, after, platformBefore, platformAfter, new NodeNames(before), new NodeNames(after));

    private static PathAlignment Create(
        ClosureGraph before, ClosureGraph after, Func<int, string?> platformBefore, Func<int, string?> platformAfter, NodeNames namesBefore, NodeNames namesAfter)
    {
        PathAlignment alignment = new(before, after, namesBefore, namesAfter);
        for (int node = 0; node < before.NodeCount; node++)
        {
            if (after.TryGetNode(before.Paths[node], out int same))
            {
                alignment.Join(node, same);
            }
        }

        if (before.Roots.Length == 1 && after.Roots.Length == 1)
        {
            alignment.JoinFree(before.Roots[0], after.Roots[0]);
        }

        foreach (bool withVersion in (bool[])[true, false])
        {
            alignment.JoinByName(withVersion, (left, right) => platformBefore(left) == platformAfter(right));
            alignment.JoinByName(withVersion, (left, right) => platformBefore(left) is not { } one || platformAfter(right) is not { } other || one == other);
        }

        return alignment;
    }

    /// <summary>Joins what is free, has one name and may be of one platform. What is alone of its name comes first: it tells who the others' neighbours are.</summary>
    private void JoinByName(bool withVersion, Func<int, int, bool> agree)
    {
        ILookup<(string, string?, string?), int> after = Free(ToBefore).ToLookup(node => _namesAfter.NameOf(node, withVersion));
        var groups = Free(ToAfter)
            .GroupBy(node => _namesBefore.NameOf(node, withVersion))
            .Select(group => (Before: group.ToList(), After: after[group.Key].ToList()))
            .Where(group => group.After.Count > 0)
            .ToList();
        foreach ((List<int> left, List<int> right) in groups.OrderBy(group => Math.Max(group.Before.Count, group.After.Count)))
        {
            JoinGroup(left, right, agree);
        }
    }

    private void JoinGroup(List<int> left, List<int> right, Func<int, int, bool> agree)
    {
        bool inOrder = left.Count > MaxCompared || right.Count > MaxCompared || (left.Count == 1 && right.Count == 1);
        var candidates =
            from before in left
            from after in right
            where agree(before, after)
            orderby inOrder ? 0 : -SharedNeighbours(before, after), before, after
            select (before, after);
        foreach ((int before, int after) in candidates)
        {
            JoinFree(before, after);
        }
    }

    private int SharedNeighbours(int before, int after)
    {
        int shared = 0;
        foreach (int neighbour in _before.Predecessors(before))
        {
            shared += ToAfter[neighbour] != None && _after.FindEdge(ToAfter[neighbour], after) >= 0 ? 1 : 0;
        }

        foreach (int neighbour in _before.Successors(before))
        {
            shared += ToAfter[neighbour] != None && _after.FindEdge(after, ToAfter[neighbour]) >= 0 ? 1 : 0;
        }

        return shared;
    }

    private static IEnumerable<int> Free(int[] counterparts) =>
        Enumerable.Range(0, counterparts.Length).Where(node => counterparts[node] == None);

    private void JoinFree(int before, int after)
    {
        if (ToAfter[before] == None && ToBefore[after] == None)
        {
            Join(before, after);
        }
    }

    private void Join(int before, int after)
    {
        ToAfter[before] = after;
        ToBefore[after] = before;
    }
}
