using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>What is known of the bytes behind references: all that a scan kept, or of a saved report its findings.</summary>
internal sealed class KnownReferences
{
    private readonly Dictionary<StorePath, PathScan> _scans;
    private readonly Dictionary<(StorePath From, StorePath To), FoundReference> _findings = [];

    public KnownReferences(ScannedClosure closure) =>
        _scans = closure.Paths.Where(path => path.Scan is not null).ToDictionary(path => path.Info.Path, path => path.Scan!);

    public KnownReferences(LeakReport report)
        : this(report.Closure)
    {
        foreach (Leak leak in report.Leaks)
        {
            if (report.IsSaved && IsReference(leak.Rule) && !leak.Evidence.IsEmpty)
            {
                _findings[(leak.From, leak.To)] = new FoundReference
                {
                    Target = leak.To.Hash,
                    Count = leak.Evidence.Sum(evidence => evidence.Count),
                    FileCount = leak.FileCount,
                    Evidence = [.. leak.Evidence.OrderBy(evidence => evidence.NarOffset)],
                };
            }
        }
    }

    /// <summary>What the bytes of one path say of another; null when they do not name it, or nothing is known.</summary>
    public FoundReference? Find(StorePath from, StorePath to) =>
        _scans.TryGetValue(from, out PathScan? scan) ? scan.FindReference(to.Hash) : _findings.GetValueOrDefault((from, to));

    /// <summary>Whether <see cref="Find"/> knows the answer.</summary>
    public bool IsKnown(StorePath from, StorePath to) => _scans.ContainsKey(from) || _findings.ContainsKey((from, to));

    /// <summary>The same for every edge of a graph.</summary>
    public FoundReference?[] FindAll(ClosureGraph graph)
    {
        var found = new FoundReference?[graph.EdgeCount];
        for (int node = 0; node < graph.NodeCount; node++)
        {
            FindAll(graph, node, found);
        }

        return found;
    }

    /// <summary>The same for the edges out of one node.</summary>
    public void FindAll(ClosureGraph graph, int node, FoundReference?[] found)
    {
        StorePath from = graph.Paths[node];
        PathScan? scan = _scans.GetValueOrDefault(from);
        ReadOnlySpan<int> successors = graph.Successors(node);
        for (int index = 0; index < successors.Length; index++)
        {
            StorePath to = graph.Paths[successors[index]];
            found[graph.FirstEdge(node) + index] = scan is null ? _findings.GetValueOrDefault((from, to)) : scan.FindReference(to.Hash);
        }
    }

    /// <summary>Whether a finding of this rule is about a reference that the store registered.</summary>
    private static bool IsReference(LeakRule rule) => rule is LeakRule.ForeignInterpreter or LeakRule.ForeignReference or LeakRule.ForbiddenReference;
}
