using System.Text.Json;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports.Html;

/// <summary>
/// A closure in columns, one value a path in the order of the graph's nodes: they compress to a third of what objects do. References are written as the
/// distance from the one before, which repeats where numbers do not.
/// </summary>
internal sealed class ClosureColumns(ClosureReport report, ClosureCut cut)
{
    /// <summary>How much of a hash stands beside a name; the rest is a block of its own, since hashes do not compress.</summary>
    public const int ShortHash = 8;

    private ClosureGraph Graph => report.Graph;

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("store", Graph.Paths.IsEmpty ? "" : Graph.Paths[0].StoreDirectory);
        json.WriteNumber("size", report.ClosureSize);
        Numbers(json, "roots", Graph.Roots.ToArray().Select(root => (long)root));
        Column(json, "hash", node => json.WriteStringValue(Graph.Paths[node].Hash.ToString().AsSpan(0, ShortHash)));
        Column(json, "name", node => json.WriteStringValue(Graph.Paths[node].Name));
        Column(json, "self", node => json.WriteNumberValue(Graph.NarSize(node)));
        Column(json, "added", node => json.WriteNumberValue(report.Model.Dominators.RetainedSize(node)));
        Column(json, "closure", node => json.WriteNumberValue(report.Model.Sizes.ClosureSize(node)));
        Column(json, "holder", node => json.WriteNumberValue(report.Model.Dominators.ImmediateDominator(node)));
        Column(json, "before", node => json.WriteNumberValue(Before(node)));
        json.WriteString("side", string.Concat(report.Paths.Select(path => path.Side.ToName()[0])));
        Reasons(json);
        References(json);
        Column(json, "freed", node => json.WriteNumberValue(cut.Freed.AsSpan().BinarySearch(Graph.Paths[node]) >= 0 ? 1 : 0));
        Findings(json);
        json.WriteEndObject();
    }

    /// <summary>The node before on a shortest chain; -1 at a root and where no root reaches.</summary>
    private int Before(int node) => !report.Model.Chains.IsReachable(node) || report.Model.Chains.Chain(node) is not [.., int before, _] ? -1 : before;

    private void Column(Utf8JsonWriter json, string name, Action<int> write)
    {
        json.WriteStartArray(name);
        for (int node = 0; node < Graph.NodeCount; node++)
        {
            write(node);
            CommandJson.FlushIfMuch(json);
        }

        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    /// <summary>Why a path is on its side: most paths share a sentence.</summary>
    private void Reasons(Utf8JsonWriter json)
    {
        Dictionary<string, int> numbers = [];
        Column(json, "because", node =>
        {
            string because = report.Paths[node].Because;
            numbers.TryAdd(because, numbers.Count);
            json.WriteNumberValue(numbers[because]);
        });
        json.WriteStartArray("reasons");
        foreach (string reason in numbers.Keys)
        {
            json.WriteStringValue(Media.VisibleText.Of(reason));
        }

        json.WriteEndArray();
    }

    private void References(Utf8JsonWriter json) => Column(json, "refs", node =>
    {
        json.WriteStartArray();
        int last = 0;
        foreach (int successor in Graph.Successors(node))
        {
            json.WriteNumberValue(successor - last);
            last = successor;
        }

        json.WriteEndArray();
    });

    /// <summary>For each finding: the node that holds it, that which it is about or -1, its anchor, and its effect.</summary>
    private void Findings(Utf8JsonWriter json)
    {
        Dictionary<string, int> anchors = [];
        json.WriteStartArray("findings");
        foreach (Finding finding in report.Findings)
        {
            json.WriteStartArray();
            json.WriteNumberValue(Node(finding.From));
            json.WriteNumberValue(finding.To is { } to ? Node(to) : -1);
            json.WriteStringValue(FindingHtml.Anchor(finding.Key, anchors));
            json.WriteStringValue(finding.Severity == Severity.Note ? "note" : finding.Effect.ToName());
            json.WriteEndArray();
            CommandJson.FlushIfMuch(json);
        }

        json.WriteEndArray();
    }

    private int Node(StorePath path) => Graph.TryGetNode(path, out int node) ? node : -1;
}
