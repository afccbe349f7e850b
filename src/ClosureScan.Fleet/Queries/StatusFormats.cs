using System.Globalization;
using System.Text;
using ClosureScan.Analysis.Reports;
using ClosureScan.Media;

namespace ClosureScan.Fleet.Queries;

/// <summary>How far a ledger is, for machines: JSON, and the text that metrics are collected as.</summary>
internal static class StatusFormats
{
    /// <summary>Writes a document of <c>closurescan/2</c> with the command <c>fleet status</c>.</summary>
    public static void WriteJson(FleetStatus status, Stream output, string version) => CommandJson.Write(output, "fleet status", version, json =>
    {
        json.WriteNumber("plannedNarCount", status.PlannedCount);
        json.WriteStartArray("nars");
        foreach ((string state, long count, long bytes) in status.Nars)
        {
            json.WriteStartObject();
            json.WriteString("state", state);
            json.WriteNumber("narCount", count);
            json.WriteNumber("byteCount", bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("roots");
        foreach ((string state, long count) in status.Roots)
        {
            json.WriteStartObject();
            json.WriteString("state", state);
            json.WriteNumber("rootCount", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("errors");
        foreach ((string cache, string reason, long count) in status.Errors)
        {
            json.WriteStartObject();
            json.WriteString("cache", cache);
            json.WriteString("reason", reason);
            json.WriteNumber("narCount", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("narsPerSecond", Math.Round(status.NarsPerSecond, 2));
        json.WriteNumber("bytesPerSecond", Math.Round(status.BytesPerSecond));
        if (status.SecondsLeft is { } left)
        {
            json.WriteNumber("secondsLeft", Math.Round(left));
        }
        else
        {
            json.WriteNull("secondsLeft");
        }
    });

    /// <summary>Writes OpenMetrics text, as a textfile collector or a scrape takes it.</summary>
    public static void WriteMetrics(FleetStatus status, TextWriter output)
    {
        Gauge("closurescan_fleet_nars", "NARs by what became of them.", status.Nars.Select(item => ($"state=\"{Label(item.State)}\"", (double)item.Count)));
        Gauge("closurescan_fleet_nar_bytes", "Bytes of NARs by what became of them.", status.Nars.Select(item => ($"state=\"{Label(item.State)}\"", (double)item.Bytes)));
        Gauge("closurescan_fleet_roots", "Roots by what became of them.", status.Roots.Select(item => ($"state=\"{Label(item.State)}\"", (double)item.Count)));
        Gauge("closurescan_fleet_errors", "NARs that could not be read, by cache and reason.", status.Errors.Select(item => ($"cache=\"{Label(item.Cache)}\",reason=\"{Label(item.Reason)}\"", (double)item.Count)));
        Gauge("closurescan_fleet_nars_per_second", "NARs done a second in the last five minutes.", [("", status.NarsPerSecond)]);
        Gauge("closurescan_fleet_bytes_per_second", "Bytes done a second in the last five minutes.", [("", status.BytesPerSecond)]);
        output.Write("# EOF\n");

        void Gauge(string name, string help, IEnumerable<(string Labels, double Value)> values)
        {
            output.Write($"# TYPE {name} gauge\n# HELP {name} {help}\n");
            foreach ((string labels, double value) in values)
            {
                output.Write(string.Create(CultureInfo.InvariantCulture, $"{name}{(labels.Length > 0 ? $"{{{labels}}}" : "")} {value:0.###}\n"));
            }
        }
    }

    private static string Label(string text) => new StringBuilder(VisibleText.Of(text)).Replace("\\", "\\\\").Replace("\"", "\\\"").ToString();
}
