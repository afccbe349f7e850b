using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Explaining;

/// <summary>What is known of the bytes behind references: all that a scan kept, or of a saved report its findings.</summary>
internal sealed class KnownReferences
{
    private readonly Dictionary<StorePath, PathScan> _scans;
    private readonly Dictionary<(StorePath From, StorePath To), FoundReference> _findings = [];

    public KnownReferences(ScannedClosure closure) =>
        _scans = closure.Paths.Where(path => path.Scan is not null).ToDictionary(path => path.Info.Path, path => path.Scan!);

    public KnownReferences(ClosureReport report)
        : this(report.Closure)
    {
        foreach (Finding leak in report.Findings)
        {
            if (report.IsSaved && leak.To is { } to && IsReference(leak.Rule) && leak.Evidence.Any())
            {
                // Several rules may be about one edge, each with files of its own; a forbidden reference has all of them again.
                EvidenceList known = _findings.GetValueOrDefault((leak.From, to))?.Evidence ?? [];
                EvidenceList evidence =
                [
                    .. leak.Evidence.Concat(known)
                        .DistinctBy(item => (item.File, item.Mechanism)).OrderBy(item => item.NarOffset),
                ];
                _findings[(leak.From, to)] = new FoundReference
                {
                    Target = to.Hash,
                    Count = evidence.Sum(item => item.Count),
                    FileCount = evidence.Select(item => item.File).Distinct().LongCount(),
                    Evidence = evidence,
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
    private static bool IsReference(string rule) => rule is RuleIds.ForeignInterpreter or RuleIds.ForeignReference or RuleIds.ForbiddenReference;
}
