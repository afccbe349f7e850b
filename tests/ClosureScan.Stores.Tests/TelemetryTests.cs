using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ClosureScan.Paths;
using ClosureScan.Stores.Http;
using ClosureScan.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClosureScan.Stores.Tests;

/// <summary>That a service sees what its scans do: by a meter and by its own logger.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Each_path_is_counted_and_logged_and_what_cannot_be_read_on_its_own()
    {
        StorePath damaged = FakeStore.PathOf("damaged");
        await using FakeStore store = new FakeStore().Add("root", "there", "damaged").Add("there").Add(damaged, [1, 2, 3]);
        Logger logger = new();
        using Recorder recorder = new();

        ScannedClosure closure = await ClosureScanner.ScanAsync(store, [FakeStore.PathOf("root")], new ClosureScanOptions { Logger = logger }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, logger.Lines.Count(line => line.StartsWith("Debug Scanned: ", StringComparison.Ordinal) && !line.Contains("damaged", StringComparison.Ordinal)));
        string warning = Assert.Single(logger.Lines, line => line.StartsWith("Warning ", StringComparison.Ordinal));
        Assert.StartsWith($"Warning Unreadable: {damaged} cannot be read whole: ", warning, StringComparison.Ordinal);
        Assert.Contains(Assert.Single(closure.Problems).Message, warning, StringComparison.Ordinal);

        // Other tests scan at the same time: at least these.
        Assert.True(recorder.SumOf("closurescan.scan.paths", "scanned") >= 2);
        Assert.True(recorder.SumOf("closurescan.scan.paths", "unreadable") >= 1);
        Assert.True(recorder.SumOf("closurescan.scan.bytes") >= closure.Paths.Sum(path => path.Scan?.NarSize ?? 0));
        Assert.True(recorder.SumOf("closurescan.scan.duration") > 0);
    }

    [Fact]
    public async Task Request_that_is_made_again_is_counted_and_logged()
    {
        int requests = 0;
        await using TestServer server = await TestServer.StartAsync(context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref requests) < 3 ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;
            return Task.CompletedTask;
        });
        Logger logger = new();
        using Recorder recorder = new();
        HttpSettings settings = new() { RetryDelay = TimeSpan.FromMilliseconds(1), Logger = logger };
        using HttpFetcher fetcher = new(HttpConnections.Create(settings), settings, new HttpLogins(new Uri(server.Address), Netrc.Load(null)));

        await fetcher.GetAsync(new Uri(server.Address + "/file"), 100, TestContext.Current.CancellationToken);

        Assert.Equal(2, logger.Lines.Count(line => line.StartsWith($"Information AskedAgain: {server.Address}/file is asked for again in ", StringComparison.Ordinal)));
        Assert.True(recorder.SumOf("closurescan.http.retries", "failed") >= 2);
    }

    private sealed class Logger : ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel} {eventId.Name}: {formatter(state, exception)}");
    }

    private sealed class Recorder : IDisposable
    {
        private readonly MeterListener _listener = new() { InstrumentPublished = (instrument, listener) => Listen(instrument, listener) };
        private readonly ConcurrentQueue<(string Name, string Tags, double Value)> _values = [];

        public Recorder()
        {
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public double SumOf(string name, string tag = "") =>
            _values.Where(value => value.Name == name && value.Tags.Contains(tag, StringComparison.Ordinal)).Sum(value => value.Value);

        public void Dispose() => _listener.Dispose();

        private static void Listen(Instrument instrument, MeterListener listener)
        {
            if (instrument.Meter.Name == "ClosureScan")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        }

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _values.Enqueue((instrument.Name, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")), value));
    }
}
