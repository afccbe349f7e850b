using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ClosureScan.Stores.Telemetry;

/// <summary>
/// What is counted while stores are read, for whoever listens to the meter <c>ClosureScan</c> (System.Diagnostics.Metrics). While nobody does, each costs a comparison.
/// </summary>
internal static class StoreMeter
{
    private static readonly Meter Meter = new("ClosureScan", typeof(StoreMeter).Assembly.GetName().Version?.ToString(3));

    private static readonly Counter<long> Paths = Meter.CreateCounter<long>("closurescan.scan.paths", "{path}", "Store paths whose contents were scanned.");

    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("closurescan.scan.bytes", "By", "Bytes of the NARs of these paths.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("closurescan.scan.duration", "s", "How long a path took from its opening to its end.");

    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("closurescan.http.retries", "{request}", "Requests to a server that were made again.");

    /// <summary>A path was scanned.</summary>
    /// <param name="outcome"><c>scanned</c>, <c>unreadable</c> where something of it could not be read, or <c>cached</c> where an earlier scan had told.</param>
    /// <param name="bytes">The size of its NAR; 0 where it is not known.</param>
    /// <param name="took">How long it took.</param>
    public static void Scanned(string outcome, long bytes, TimeSpan took)
    {
        KeyValuePair<string, object?> tag = new("closurescan.outcome", outcome);
        Paths.Add(1, tag);
        Bytes.Add(bytes);
        Duration.Record(took.TotalSeconds, tag);
    }

    /// <summary>A request is made again.</summary>
    public static void Retried(Uri uri, bool isThrottled)
    {
        if (Retries.Enabled)
        {
            Retries.Add(1, new TagList { { "server.address", uri.Host }, { "closurescan.reason", isThrottled ? "throttled" : "failed" } });
        }
    }
}
