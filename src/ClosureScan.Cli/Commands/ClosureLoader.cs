using System.Collections.Immutable;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Cli.Rendering;
using ClosureScan.Paths;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary>Opens the store of a call, resolves its roots and scans their closure, with progress.</summary>
internal static class ClosureLoader
{
    public static async Task<ScannedClosure> LoadAsync(
        CommonSettings settings, IReadOnlyList<string> roots, ClosureScanOptions options, CancellationToken cancellationToken)
    {
        await using ClosureSource source = await ClosureSource.OpenAsync(settings, roots, cancellationToken).ConfigureAwait(false);
        return await ScanAsync(source, settings, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Scans and analyses the closure, or takes both from a saved report.</summary>
    public static async Task<ClosureReport> AnalyzeAsync(
        CommonSettings settings, IReadOnlyList<string> roots, ClosureScanOptions options, CancellationToken cancellationToken, AnalysisOptions? analysisOptions = null) =>
        SavedReportFile.Find(settings, roots)
        ?? ClosureAnalyzer.Analyze(await LoadAsync(settings, roots, options, cancellationToken).ConfigureAwait(false), analysisOptions ?? settings.AnalysisOptions, cancellationToken);

    public static async Task<ScannedClosure> ScanAsync(
        ClosureSource source, CommonSettings settings, ClosureScanOptions options, CancellationToken cancellationToken)
    {
        if (source.Saved is { } saved)
        {
            return saved;
        }

        using ProgressLine line = new(!settings.Quiet && !settings.NoProgress);
        options = options with { Jobs = settings.Jobs, Cache = source.OpenCache(settings), MetadataOnly = options.MetadataOnly || !source.HasContents };
        ScannedClosure closure = await ClosureScanner.ScanAsync(source.Store, source.Roots, options, new ProgressReporter(line), cancellationToken).ConfigureAwait(false);
        return closure with { Store = string.Join(" ", settings.Stores) };
    }

    /// <summary>Reads the contents of some paths of a closure that was scanned by its metadata.</summary>
    public static async Task<ScannedClosure> ReadAsync(
        ClosureSource source, ScannedClosure closure, IEnumerable<StorePath> paths, CommonSettings settings, CancellationToken cancellationToken)
    {
        using ProgressLine line = new(!settings.Quiet && !settings.NoProgress);
        ClosureScanOptions options = new() { Jobs = settings.Jobs, Cache = source.OpenCache(settings) };
        return await ClosureScanner.ReadAsync(source.Store, closure, paths, options, new ProgressReporter(line), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads of each path of such a closure what tells its platform.</summary>
    public static async Task<ScannedClosure> ProbeAsync(ClosureSource source, ScannedClosure closure, CommonSettings settings, CancellationToken cancellationToken)
    {
        using ProgressLine line = new(!settings.Quiet && !settings.NoProgress);
        ClosureScanOptions options = new() { Jobs = settings.Jobs };
        return await ClosureScanner.ProbeAsync(source.Store, closure, options, new ProgressReporter(line), cancellationToken).ConfigureAwait(false);
    }

    private sealed class ProgressReporter(ProgressLine line) : IProgress<ScanProgress>
    {
        public void Report(ScanProgress value) => line.Report(value.PathsDone, value.PathsTotal, value.BytesDone, value.CurrentPath?.Name ?? "");
    }
}
