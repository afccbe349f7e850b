using ClosureScan.Analysis;
using ClosureScan.Stores;

namespace ClosureScan.Samples;

/// <summary>A scan that says how far it is and that can be stopped: Ctrl-C, a closed request, a limit of time.</summary>
public static class ProgressAndCancel
{
    public static async Task RunAsync(string uri, string root, TextWriter log, CancellationToken stop)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        await using IStore store = await Store.OpenAsync(uri, limit.Token);
        int most = 0;
        Reporter progress = new(done => most = Math.Max(most, done.PathsDone));
        try
        {
            ClosureReport report = await Closure.ScanAsync(store, root, progress: progress, cancellationToken: limit.Token);
            log.WriteLine($"{most} of {report.Paths.Length} paths read, {report.Closure.Problems.Length} problems");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            log.WriteLine($"given up after five minutes, {most} paths read");
        }
        catch (ClosureScanException exception) when (exception.Kind == ErrorKind.Unknown)
        {
            log.WriteLine(exception.Message);
        }
    }

    /// <summary>Called on the threads that scan, so it locks; Progress&lt;T&gt; would call on the pool, later.</summary>
    private sealed class Reporter(Action<ScanProgress> report) : IProgress<ScanProgress>
    {
        private readonly Lock _lock = new();

        public void Report(ScanProgress value)
        {
            lock (_lock)
            {
                report(value);
            }
        }
    }
}
