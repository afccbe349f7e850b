using ClosureScan.Analysis.Graph;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Comparing;

/// <summary>
/// Which path of one closure is which of another. A path is itself; then come paths of the same package, output and platform, equal
/// versions first. A closure of one root is asked for again under whatever name, so single roots are each other's.
/// </summary>
internal sealed class PathAlignment
{
    private const int None = -1;

    private PathAlignment(int before, int after)
    {
        ToAfter = new int[before];
        ToBefore = new int[after];
        Array.Fill(ToAfter, None);
        Array.Fill(ToBefore, None);
    }

    /// <summary>For each node before, the one after; -1 where there is none.</summary>
    public int[] ToAfter { get; }

    /// <summary>For each node after, the one before; -1 where there is none.</summary>
    public int[] ToBefore { get; }

    public static PathAlignment Create(ClosureGraph before, ClosureGraph after)
    {
        PathAlignment alignment = new(before.NodeCount, after.NodeCount);
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

        alignment.JoinBy(before, after, name => (name.PackageName, name.Output, Platform(name), name.Version));
        alignment.JoinBy(before, after, name => (name.PackageName, name.Output, Platform(name), null));
        return alignment;
    }

    private static string? Platform(StorePathName name) => (name.Host ?? name.Target)?.System;

    /// <summary>Joins what is still free and agrees in a key, in the order of the paths.</summary>
    private void JoinBy(ClosureGraph before, ClosureGraph after, Func<StorePathName, (string, string?, string?, string?)> key)
    {
        Dictionary<(string, string?, string?, string?), Queue<int>> free = [];
        for (int node = 0; node < after.NodeCount; node++)
        {
            if (ToBefore[node] == None)
            {
                var name = key(StorePathName.Parse(after.Paths[node].Name));
                if (!free.TryGetValue(name, out Queue<int>? nodes))
                {
                    free.Add(name, nodes = new Queue<int>());
                }

                nodes.Enqueue(node);
            }
        }

        for (int node = 0; node < before.NodeCount; node++)
        {
            if (ToAfter[node] == None
                && free.TryGetValue(key(StorePathName.Parse(before.Paths[node].Name)), out Queue<int>? nodes)
                && nodes.TryDequeue(out int counterpart))
            {
                Join(node, counterpart);
            }
        }
    }

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
