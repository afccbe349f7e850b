using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Stores;

namespace ClosureScan.Samples;

/// <summary>A report format of one's own, used as those of the library are: JSON lines, by System.Text.Json's source generator and the library's converters, so that it works in a native program too.</summary>
public static class OwnReport
{
    public static ReportFormat Format { get; } = new("lines", "what fails, a place a line, for log collectors", Write);

    public static async Task RunAsync(string uri, string root, TextWriter output, CancellationToken stop)
    {
        await using IStore store = await Store.OpenAsync(uri, stop);
        ClosureReport report = await Closure.ScanAsync(store, root, cancellationToken: stop);
        using MemoryStream lines = new();
        Format.Write(PolicyJudge.Judge(report, ClosurePolicy.Default), lines, "1.0");
        output.Write(Encoding.UTF8.GetString(lines.ToArray()));
    }

    private static void Write(PolicyVerdict verdict, Stream output, string version)
    {
        foreach (Finding finding in verdict.Failing)
        {
            foreach (Occurrence place in finding.Occurrences)
            {
                ReportLine line = new(finding.Rule, place.Effect, finding.From, finding.To, verdict.Report.Host, place.File, place.Mechanism);
                JsonSerializer.Serialize(output, line, ReportLineContext.Default.ReportLine);
                output.Write("\n"u8);
            }
        }
    }
}

public sealed record ReportLine(string Rule, Effect Effect, StorePath From, StorePath? To, Platform? Host, string? File, Mechanism? Mechanism);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReportLine))]
public sealed partial class ReportLineContext : JsonSerializerContext;
