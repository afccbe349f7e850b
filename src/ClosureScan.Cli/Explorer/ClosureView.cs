using System.Collections.Immutable;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Model;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Cli.Explorer;

/// <summary>What the explorer shows of a closure: all of it was computed by the analysis, here it is only looked up and sorted.</summary>
internal sealed class ClosureView
{
    private readonly Dictionary<int, List<Finding>> _findings = [];
    private readonly Func<int, PathScan?> _read;
    private readonly Task<ClosureSizes> _sizes;

    /// <summary>Makes the view.</summary>
    /// <param name="report">The closure, analysed.</param>
    /// <param name="diff">What changed since another one; null where there is none.</param>
    /// <param name="read">Reads what a scan left unread, or begins to: null until it is there.</param>
    public ClosureView(ClosureReport report, ClosureDiff? diff = null, Func<int, PathScan?>? read = null)
    {
        Report = report;
        Diff = diff;
        _read = read ?? (_ => null);
        foreach (Finding finding in report.Findings)
        {
            Add(finding.From, finding);
            if (finding.To is { } to)
            {
                Add(to, finding);
            }
        }

        // The one thing that takes seconds of a hundred thousand paths; the first screen does not wait for it.
        _sizes = Task.Run(() => report.Model.Sizes);
    }

    public ClosureReport Report { get; }

    public ClosureDiff? Diff { get; }

    public ClosureModel Model => Report.Model;

    public ClosureGraph Graph => Report.Graph;

    public StorePath PathOf(int node) => Graph.Paths[node];

    public string NameOf(int node) => Graph.Paths[node].Name;

    public long AddedSize(int node) => Model.Dominators.RetainedSize(node);

    /// <summary>The closure size; null until all of them are computed.</summary>
    public long? ClosureSize(int node) => _sizes.IsCompletedSuccessfully ? _sizes.Result.ClosureSize(node) : null;

    /// <summary>Waits for what is computed behind the screen. For tests.</summary>
    public void Wait() => _sizes.GetAwaiter().GetResult();

    public IReadOnlyList<Finding> FindingsAt(int node) => _findings.TryGetValue(node, out List<Finding>? found) ? found : [];

    /// <summary>The worst effect of the findings at a node; null where there is none.</summary>
    public Effect? WorstAt(int node) => FindingsAt(node) is { Count: > 0 } found ? found.Max(finding => finding.Effect) : null;

    public bool IsForeign(int node) => Report.Paths[node].Side == PathSide.Foreign;

    /// <summary>The bytes behind an edge; null where they are not known.</summary>
    public FoundReference? BytesOf(int from, int to) => Model.FindReference(from, to) ?? (IsRead(from) ? null : _read(from)?.FindReference(PathOf(to).Hash));

    /// <summary>Whether the bytes of a path are known, by the scan or since.</summary>
    public bool IsRead(int node) => Model.ScanOf(node) is not null;

    /// <summary>Sorts nodes, the largest first; by name where that is asked for.</summary>
    public int[] Sort(IEnumerable<int> nodes, SortOrder order) => order switch
    {
        SortOrder.Name => [.. nodes.OrderBy(NameOf, StringComparer.Ordinal).ThenBy(node => node)],
        SortOrder.Self => [.. nodes.OrderByDescending(Graph.NarSize).ThenBy(node => node)],
        SortOrder.Closure => [.. nodes.OrderByDescending(node => ClosureSize(node) ?? 0).ThenBy(node => node)],
        SortOrder.Findings => [.. nodes.OrderByDescending(node => FindingsAt(node).Count).ThenByDescending(AddedSize).ThenBy(node => node)],
        _ => [.. nodes.OrderByDescending(AddedSize).ThenBy(node => node)],
    };

    /// <summary>The nodes whose base name has the text in it, whatever its case.</summary>
    public int[] Search(string text) =>
        [.. Enumerable.Range(0, Graph.NodeCount).Where(node => PathOf(node).BaseName.Contains(text, StringComparison.OrdinalIgnoreCase))];

    private void Add(StorePath path, Finding finding)
    {
        if (!Graph.TryGetNode(path, out int node))
        {
            return;
        }

        if (!_findings.TryGetValue(node, out List<Finding>? found))
        {
            _findings.Add(node, found = []);
        }

        found.Add(finding);
    }
}
