using System.Collections.Immutable;
using System.Text.Json;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Reports;

/// <summary>Writes why a closure has some paths as JSON, schema <c>closurescan/2</c>, <c>"command": "why"</c>.</summary>
internal static class WhyJson
{
    /// <summary>Writes the report, indented, UTF-8, with a line feed behind it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    /// <param name="host">Where the closure is to run; null to infer it.</param>
    public static void Write(WhyReport report, Stream output, string version, InferredHost? host = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        CommandJson.Write(output, "why", version, report.Closure, host ?? InferredHost.Of(report.Closure), build: null, json => WriteMembers(json, report));
    }

    private static void WriteMembers(Utf8JsonWriter json, WhyReport report)
    {
        CommandJson.WriteSaved(json, report.IsSaved);
        CommandJson.WritePaths(json, "targets", report.Targets);
        json.WriteString("scope", report.Scope switch
        {
            WhyScope.AllChains => "all",
            WhyScope.Referrers => "reverse",
            _ => "shortest",
        });
        json.WriteNumber("pathCount", report.PathCount);
        json.WriteNumber("referenceCount", report.ReferenceCount);
        if (report.ChainCount is { } count)
        {
            json.WriteNumber("chainCount", count);
        }
        else
        {
            json.WriteNull("chainCount");
        }

        if (report.Scope == WhyScope.Shortest)
        {
            json.WriteStartArray("chains");
            foreach (ExplainedChain chain in report.Chains)
            {
                json.WriteStartObject();
                json.WriteString("target", chain.Target.ToString());
                json.WriteNumber("length", chain.References.Length);
                WriteReferences(json, chain.References);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
        else
        {
            WriteReferences(json, report.References);
        }
    }

    private static void WriteReferences(Utf8JsonWriter json, ImmutableArray<ExplainedReference> references)
    {
        json.WriteStartArray("references");
        foreach (ExplainedReference reference in references)
        {
            json.WriteStartObject();
            json.WriteString("from", reference.From.ToString());
            json.WriteString("to", reference.To.ToString());
            json.WriteNumber("chainLength", reference.ChainLength);
            json.WriteBoolean("read", reference.WasRead);
            json.WriteNumber("fileCount", reference.FileCount);
            json.WriteNumber("count", reference.Count);
            JsonReport.WriteEvidence(json, reference.Evidence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
