using System.Text.Json;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Evidence;
using ClosureScan.Media;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports.Html;

/// <summary>
/// For each path the bytes that hold the last link of its shortest chain: the file, its line or else the byte, what carries it; of small closures the
/// text around it as well.
/// </summary>
internal sealed class LinkColumns(ClosureReport report)
{
    private const int MostWithContext = 3000;
    private const int MaxText = 300;

    public void Write(Utf8JsonWriter json)
    {
        ReferenceEvidence?[] links = FindLinks();
        json.WriteStartObject();
        Column(json, "file", links, link => json.WriteStringValue(Clip(link.File)));
        Column(json, "byte", links, link => json.WriteNumberValue(link.Offset));
        Column(json, "line", links, link => json.WriteNumberValue(link.Line ?? 0));
        Column(json, "how", links, link => json.WriteStringValue(link.Mechanism.ToName()));
        if (links.Length <= MostWithContext)
        {
            Column(json, "text", links, link => json.WriteStringValue(Clip(link.Context ?? "")));
        }

        json.WriteEndObject();
    }

    private ReferenceEvidence?[] FindLinks()
    {
        KnownReferences known = new(report);
        ReferenceEvidence?[] links = new ReferenceEvidence?[report.Graph.NodeCount];
        for (int node = 0; node < links.Length; node++)
        {
            if (report.Model.Chains.IsReachable(node) && report.Model.ChainTo(node) is [.., StorePath before, StorePath path])
            {
                links[node] = known.Find(before, path)?.Evidence.FirstOrDefault();
            }
        }

        return links;
    }

    private static void Column(Utf8JsonWriter json, string name, ReferenceEvidence?[] links, Action<ReferenceEvidence> write)
    {
        json.WriteStartArray(name);
        foreach (ReferenceEvidence? link in links)
        {
            if (link is null)
            {
                json.WriteNullValue();
            }
            else
            {
                write(link);
            }

            CommandJson.FlushIfMuch(json);
        }

        json.WriteEndArray();
    }

    private static string Clip(string text) => VisibleText.Of(text.Length <= MaxText ? text : text[..MaxText] + "…");
}
