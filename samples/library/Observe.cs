using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ClosureScan.Analysis;
using ClosureScan.Stores;
using Microsoft.Extensions.Logging;

namespace ClosureScan.Samples;

/// <summary>
/// What a service sees of its scans: a logger is told of each path, of what cannot be read and of requests that are made again; the meter <c>ClosureScan</c> counts.
/// With OpenTelemetry, <c>AddMeter("ClosureScan")</c> takes the place of the listener.
/// </summary>
public static class Observe
{
    public static async Task RunAsync(string uri, string root, ILogger logger, TextWriter output, CancellationToken stop)
    {
        ConcurrentDictionary<string, long> sums = new(StringComparer.Ordinal);
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "ClosureScan")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.Start();

        await using IStore store = await Store.OpenAsync([uri], StoreOptions.Default with { Logger = logger }, stop);
        ClosureReport report = await Closure.ScanAsync(store, root, ClosureScanOptions.Default with { Logger = logger }, cancellationToken: stop);
        output.WriteLine($"{report.Findings.Length} findings");
        output.WriteLine($"{sums["closurescan.scan.paths"]} paths, {sums["closurescan.scan.bytes"]} bytes");
    }
}
