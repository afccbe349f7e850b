using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>What the removal of each reference costs: the files that hold it, or that no edit may remove it.</summary>
internal sealed class CutWeights
{
    private readonly ClosureReport _report;
    private readonly FoundReference?[] _found;
    private readonly bool[] _accepted;

    public CutWeights(ClosureReport report, IEnumerable<Finding> accepted)
    {
        _report = report;
        _accepted = FindAccepted(report, accepted);
        _found = new KnownReferences(report).FindAll(report.Graph);
    }

    /// <summary>What the bytes say of an edge; null where they do not name it, or were not read.</summary>
    public FoundReference? Found(int edge) => _found[edge];

    /// <summary>Whether the reference is right where it is, so that no edit removes it.</summary>
    public bool IsAccepted(int edge) => _accepted[edge];

    /// <summary>How many files have to be edited to remove an edge.</summary>
    public long FileCount(int edge) => Math.Max(1, _found[edge]?.FileCount ?? 1);

    /// <summary>Every reference may go that is not accepted.</summary>
    public int[] Forced() => Weigh((_, _, _) => true);

    /// <summary>References to the build side may go, and no others.</summary>
    public int[] ForFindings() => Weigh((source, target, _) => Side(source) != PathSide.Foreign && Side(target) == PathSide.Foreign);

    /// <summary>The references that may go to free some paths; see <see cref="CutFinder"/>.</summary>
    public int[] ForTargets(int[] targets)
    {
        bool[] isTarget = Reachability.Flags(_report.Graph.NodeCount, targets, nameof(targets));
        bool[] wanted = FindWanted(_report);
        return Weigh((source, target, edge) => Side(source) != PathSide.Foreign
            && (isTarget[target]
                ? Side(target) is PathSide.Foreign or PathSide.Neutral || !IsLoaded(edge)
                : !wanted[target]));
    }

    private PathSide Side(int node) => _report.Paths[node].Side;

    private int[] Weigh(Func<int, int, int, bool> mayGo)
    {
        ClosureGraph graph = _report.Graph;
        int[] weights = new int[graph.EdgeCount];
        for (int source = 0; source < graph.NodeCount; source++)
        {
            ReadOnlySpan<int> successors = graph.Successors(source);
            for (int index = 0; index < successors.Length; index++)
            {
                int edge = graph.FirstEdge(source) + index;
                weights[edge] = !_accepted[edge] && mayGo(source, successors[index], edge)
                    ? (int)Math.Min(FileCount(edge), MinimumCut.Uncuttable - 1)
                    : MinimumCut.Uncuttable;
            }
        }

        return weights;
    }

    /// <summary>The references that are right where they are, by the catalogue or by the caller's word.</summary>
    private static bool[] FindAccepted(ClosureReport report, IEnumerable<Finding> accepted)
    {
        bool[] isAccepted = new bool[report.Graph.EdgeCount];
        foreach ((StorePath from, StorePath? to) in accepted.Concat(report.Findings.Where(finding => finding.Occurrences.Any(occurrence => !occurrence.Status.IsOpen))).Select(leak => (leak.From, leak.To)).Concat(report.LetThrough.Select(item => (item.Path, item.To))))
        {
            if (to is not null && report.Graph.TryGetNode(from, out int source) && report.Graph.TryGetNode(to, out int target)
                && report.Graph.FindEdge(source, target) is >= 0 and int edge)
            {
                isAccepted[edge] = true;
            }
        }

        return isAccepted;
    }

    /// <summary>Whether the system's loader needs the reference to start a program or a library. Where a saved report does not tell, it may.</summary>
    private bool IsLoaded(int edge) => _found[edge] is { } found
        ? found.Evidence.Any(item => item.Mechanism is Mechanism.ElfNeeded or Mechanism.ElfRunpath or Mechanism.ElfInterpreter)
        : _report.IsSaved;

    /// <summary>The paths of the host, and paths without a platform that lead to one on a way that does not leave the host's side.</summary>
    private static bool[] FindWanted(ClosureReport report)
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
