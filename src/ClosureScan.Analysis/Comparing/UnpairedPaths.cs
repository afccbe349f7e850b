using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing;

/// <summary>Says of paths without a counterpart why they have none.</summary>
internal static class UnpairedPaths
{
    public static ImmutableArray<UnpairedPath> Find(ComparedSide cross, ComparedSide native, PathAlignment alignment) =>
        [.. Find(cross, native, alignment.ToAfter, isCross: true), .. Find(native, cross, alignment.ToBefore, isCross: false)];

    private static IEnumerable<UnpairedPath> Find(ComparedSide side, ComparedSide other, int[] counterparts, bool isCross)
    {
        ILookup<string, int> names = Enumerable.Range(0, other.Graph.NodeCount).ToLookup(node => other.PathNames.NameOf(node).Package, StringComparer.Ordinal);
        for (int node = 0; node < counterparts.Length; node++)
        {
            if (counterparts[node] < 0)
            {
                yield return new UnpairedPath(side.Graph.Paths[node], isCross, Reason(side, node, other, [.. names[side.PathNames.NameOf(node).Package]], isCross));
            }
        }
    }

    private static string Reason(ComparedSide side, int node, ComparedSide other, int[] namesakes, bool isCross)
    {
        string there = isCross ? "the native closure" : "the cross-built closure";
        if (namesakes.Length == 0)
        {
            return $"{there} has nothing of that name";
        }

        string? machine = side.MachineOf(node);
        int[] sameOutput = [.. namesakes.Where(namesake => other.PathNames.NameOf(namesake).Output == side.PathNames.NameOf(node).Output)];
        if (sameOutput.Length == 0)
        {
            return $"{there} has other outputs of it alone";
        }

        StorePath first = other.Graph.Paths[sameOutput[0]];
        return machine is not null && sameOutput.All(namesake => other.MachineOf(namesake) is { } theirs && theirs != machine)
            ? $"is for {machine}; {there} has {first.Name} for {other.MachineOf(sameOutput[0])}"
            : $"{there} has fewer paths of that name";
    }
}
