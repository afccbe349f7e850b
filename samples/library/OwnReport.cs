using System.Text.Json;
using System.Text.Json.Serialization;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Stores;

namespace ClosureScan.Samples;

/// <summary>A report of one's own: JSON lines, by System.Text.Json's source generator and the library's converters, so that it works in a native program too.</summary>
public static class OwnReport
{
    public static async Task RunAsync(string uri, string root, TextWriter output, CancellationToken stop)
    {
        await using IStore store = await Store.OpenAsync(uri, stop);
        ClosureReport report = await Closure.ScanAsync(store, root, cancellationToken: stop);
        foreach (Finding finding in report.Findings)
        {
            foreach (Occurrence place in finding.Occurrences)
            {
                ReportLine line = new(finding.Rule, place.Effect, finding.From, finding.To, report.Host, place.File, place.Mechanism);
                output.WriteLine(JsonSerializer.Serialize(line, ReportLineContext.Default.ReportLine));
            }
        }
    }
}

public sealed record ReportLine(string Rule, Effect Effect, StorePath From, StorePath? To, Platform? Host, string? File, Mechanism? Mechanism);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReportLine))]
public sealed partial class ReportLineContext : JsonSerializerContext;
