using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Explaining;

/// <summary>What the removal of each reference costs: the files that hold it, or that no edit may remove it.</summary>
internal sealed class CutWeights
{
    private readonly LeakReport _report;
    private readonly FoundReference?[] _found;
    private readonly bool[] _wanted;

    public CutWeights(LeakReport report)
    {
        _report = report;
        _found = new KnownReferences(report).FindAll(report.Graph);
        _wanted = FindWanted(report);
    }

    /// <summary>What the bytes say of an edge; null where they do not name it, or were not read.</summary>
    public FoundReference? Found(int edge) => _found[edge];

    /// <summary>How many files have to be edited to remove an edge.</summary>
    public long FileCount(int edge) => Math.Max(1, _found[edge]?.FileCount ?? 1);

    /// <summary>Every reference may go.</summary>
    public int[] Relaxed()
    {
        int[] weights = new int[_report.Graph.EdgeCount];
        for (int edge = 0; edge < weights.Length; edge++)
        {
            weights[edge] = (int)Math.Min(FileCount(edge), MinimumCut.Uncuttable - 1);
        }

        return weights;
    }

    /// <summary>The references that an edit may remove without taking from the host what it is to have; see <see cref="CutFinder"/>.</summary>
    public int[] Strict(bool[] isTarget)
    {
        int[] weights = Relaxed();
        ClosureGraph graph = _report.Graph;
        for (int source = 0; source < graph.NodeCount; source++)
        {
            ReadOnlySpan<int> successors = graph.Successors(source);
            for (int index = 0; index < successors.Length; index++)
            {
                int edge = graph.FirstEdge(source) + index;
                if (!MayGo(source, successors[index], edge, isTarget))
                {
                    weights[edge] = MinimumCut.Uncuttable;
                }
            }
        }

        return weights;
    }

    private bool MayGo(int source, int target, int edge, bool[] isTarget) =>
        _report.Paths[source].Side != PathSide.Foreign
        && (isTarget[target]
            ? _report.Paths[target].Side is PathSide.Foreign or PathSide.Neutral || !IsLoaded(edge)
            : !_wanted[target]);

    /// <summary>Whether the system's loader needs the reference to start a program or a library. Where a saved report does not tell, it may.</summary>
    private bool IsLoaded(int edge) => _found[edge] is { } found
        ? found.Evidence.Any(item => item.Mechanism is Mechanism.ElfNeeded or Mechanism.ElfRunpath or Mechanism.ElfInterpreter)
        : _report.IsSaved;

    /// <summary>The paths of the host, and paths without a platform that lead to one on a way that does not leave the host's side.</summary>
    private static bool[] FindWanted(LeakReport report)
    {
        ClosureGraph graph = report.Graph;
        bool[] wanted = new bool[graph.NodeCount];
        Stack<int> stack = new();
        for (int node = 0; node < wanted.Length; node++)
        {
            if (report.Paths[node].Side is PathSide.Host or PathSide.Mixed)
            {
                wanted[node] = true;
                stack.Push(node);
            }
        }

        while (stack.TryPop(out int node))
        {
            foreach (int predecessor in graph.Predecessors(node))
            {
                if (!wanted[predecessor] && report.Paths[predecessor].Side == PathSide.Neutral)
                {
                    wanted[predecessor] = true;
                    stack.Push(predecessor);
                }
            }
        }

        return wanted;
    }
}
