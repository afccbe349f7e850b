using System.Numerics;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Tests.Graph;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Tests.Explaining;

/// <summary>Tries every set of references that may go. What it takes for granted is said by the tests that use it, in words of their own.</summary>
internal sealed class CutOracle
{
    private const int MostEdges = 14;

    private readonly ClosureReport _report;
    private readonly (int Source, int Target)[] _edges;
    private readonly (int Source, int Target)[] _cuttable;

    public CutOracle(ClosureReport report, IEnumerable<Finding> accepted, Func<(int Source, int Target), bool> mayGo)
    {
        _report = report;
        _edges = [.. Edges(report)];
        HashSet<(int, int)> stays = [.. accepted.Where(leak => leak.To is not null).Select(leak => (Node(leak.From), Node(leak.To!)))];
        HashSet<int> reached = Oracle.Reach(_edges, report.Graph.Roots.ToArray());
        _cuttable = [.. _edges.Where(edge => reached.Contains(edge.Source) && !stays.Contains(edge) && mayGo(edge))];
    }

    /// <summary>Whether there are few enough references to try all sets.</summary>
    public bool IsSmall => _cuttable.Length <= MostEdges;

    public static bool IsForeign(ClosureReport report, int node) => report.Paths[node].Side == PathSide.Foreign;

    public static bool IsHosts(ClosureReport report, int node) => report.Paths[node].Side is PathSide.Host or PathSide.Mixed;

    public static bool IsLoaded(ClosureReport report, (int Source, int Target) edge) => report.Closure.Paths[edge.Source].Scan!
        .FindReference(report.Graph.Paths[edge.Target].Hash)!.Evidence.Any(item => item.Mechanism == Mechanism.ElfNeeded);

    /// <summary>What the roots reach over paths that are not foreign.</summary>
    public static HashSet<int> HostRegion(ClosureReport report) => Oracle.Reach(Edges(report).Where(edge => !IsForeign(report, edge.Target)), report.Graph.Roots.ToArray());

    /// <summary>The paths of the host, and those without a platform that reach one over others without.</summary>
    public static HashSet<int> Wanted(ClosureReport report)
    {
        (int Source, int Target)[] edges = [.. Edges(report)];
        return
        [
            .. Enumerable.Range(0, report.Graph.NodeCount).Where(node => IsHosts(report, node)
                || (report.Paths[node].Side == PathSide.Neutral
                    && Oracle.Reach(edges.Where(edge => report.Paths[edge.Source].Side == PathSide.Neutral), [node]).Any(other => IsHosts(report, other)))),
        ];
    }

    public int Node(StorePath path) => _report.Graph.TryGetNode(path, out int node) ? node : throw new ArgumentException($"{path} is not there.", nameof(path));

    /// <summary>
    /// The fewest files that hold references whose loss frees all targets and leaves everything of <paramref name="kept"/>, and the
    /// least bytes that so many free; null when no set does.
    /// </summary>
    public (long Edits, long Freed)? Cheapest(HashSet<int> targets, HashSet<int> kept)
    {
        long before = Sum(Oracle.Reach(_edges, _report.Graph.Roots.ToArray()));
        (long Edits, long Freed)? best = null;
        for (uint set = 0; set < 1u << _cuttable.Length; set++)
        {
            long edits = 0;
            HashSet<(int, int)> gone = [];
            for (uint rest = set; rest != 0; rest &= rest - 1)
            {
                (int Source, int Target) edge = _cuttable[BitOperations.TrailingZeroCount(rest)];
                gone.Add(edge);
                edits += _report.Closure.Paths[edge.Source].Scan!.FindReference(_report.Graph.Paths[edge.Target].Hash)!.FileCount;
            }

            if (best is { } found && edits > found.Edits)
            {
                continue;
            }

            HashSet<int> after = Oracle.Reach(_edges.Where(edge => !gone.Contains(edge)), _report.Graph.Roots.ToArray());
            if (!after.Overlaps(targets) && kept.IsSubsetOf(after))
            {
                (long, long) cut = (edits, before - Sum(after));
                best = best is { } other && other.CompareTo(cut) < 0 ? other : cut;
            }
        }

        return best;
    }

    private long Sum(IEnumerable<int> nodes) => nodes.Sum(node => _report.Graph.NarSize(node));

    private static IEnumerable<(int Source, int Target)> Edges(ClosureReport report) =>
        Enumerable.Range(0, report.Graph.EdgeCount).Select(edge => (report.Graph.EdgeSource(edge), report.Graph.EdgeTarget(edge)));
}
