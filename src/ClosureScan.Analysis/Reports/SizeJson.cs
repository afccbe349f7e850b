using System.Collections.Immutable;
using System.Text.Json;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Graph.Exports;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Reports;

/// <summary>Writes the sizes of a closure as JSON, schema <c>closurescan/2</c>, <c>"command": "size"</c>.</summary>
internal static class SizeJson
{
    /// <summary>Writes the report, indented, UTF-8, with a line feed behind it.</summary>
    /// <param name="closure">The closure.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="sizes">The sizes of the same graph.</param>
    /// <param name="twins">What <see cref="TwinFinder"/> found.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    /// <param name="splits">What <see cref="SplitFinder"/> found; left out when nobody asked.</param>
    /// <param name="host">Where the closure is to run; null to infer it.</param>
    public static void Write(
        ScannedClosure closure, ClosureGraph graph, ClosureSizes sizes, ImmutableArray<PackageTwins> twins, Stream output, string version, ImmutableArray<FileSplit>? splits = null, InferredHost? host = null)
    {
        ArgumentNullException.ThrowIfNull(closure);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(sizes);
        CommandJson.Write(output, "size", version, closure, host ?? InferredHost.Of(closure), build: null, json =>
        {
            json.WriteNumber("closureSize", sizes.TotalSize);
            json.WriteNumber("closureCount", sizes.TotalCount);
            json.WriteNumber("sharedSize", sizes.Shared.Size);
            json.WriteNumber("sharedCount", sizes.Shared.Count);
            JsonExport.WritePaths(json, graph, sizes);
            WriteTwins(json, twins);
            if (splits is { } found)
            {
                WriteSplits(json, found);
            }
        });
    }

    private static void WriteSplits(Utf8JsonWriter json, ImmutableArray<FileSplit> splits)
    {
        json.WriteStartArray("splits");
        foreach (FileSplit split in splits)
        {
            json.WriteStartObject();
            json.WriteString("path", split.Path.ToString());
            json.WriteStartArray("files");
            foreach (string file in split.Files)
            {
                json.WriteStringValue(file);
            }

            json.WriteEndArray();
            json.WriteNumber("fileBytes", split.FileBytes);
            json.WriteNumber("pathFileCount", split.PathFileCount);
            CommandJson.WritePaths(json, "references", split.References);
            json.WriteNumber("freedBytes", split.FreedBytes);
            CommandJson.WritePaths(json, "freedPaths", split.Freed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTwins(Utf8JsonWriter json, ImmutableArray<PackageTwins> twins)
    {
        json.WriteStartArray("twins");
        foreach (PackageTwins package in twins)
        {
            json.WriteStartObject();
            json.WriteString("package", package.PackageName);
            json.WriteNumber("narSize", package.SelfSize);
            json.WriteStartArray("differences");
            foreach (TwinDifferences difference in Enum.GetValues<TwinDifferences>())
            {
                if (difference != TwinDifferences.None && package.Differences.HasFlag(difference))
                {
                    json.WriteStringValue(difference.ToString().ToLowerInvariant());
                }
            }

            json.WriteEndArray();
            json.WriteStartArray("variants");
            foreach (PackageVariant variant in package.Variants)
            {
                WriteVariant(json, variant);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteVariant(Utf8JsonWriter json, PackageVariant variant)
    {
        json.WriteStartObject();
        json.WriteString("version", variant.Version);
        json.WriteString("hostTriple", variant.HostTriple);
        json.WriteString("targetTriple", variant.TargetTriple);
        json.WriteBoolean("static", variant.IsStatic);
        json.WriteNumber("narSize", variant.SelfSize);
        json.WriteNumber("addedSize", variant.AddedSize);
        json.WriteStartArray("paths");
        foreach (PackageTwin twin in variant.Paths)
        {
            json.WriteStartObject();
            json.WriteString("path", twin.Path.ToString());
            json.WriteString("output", twin.Name.Output);
            json.WriteNumber("narSize", twin.SelfSize);
            json.WriteNumber("addedSize", twin.AddedSize);
            CommandJson.WritePaths(json, "holders", twin.Holders);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
