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
        await using IStore store = await Store.OpenAsync(settings.Stores, settings.StoreOptions, cancellationToken).ConfigureAwait(false);
        ImmutableArray<StorePath> paths = await ResolveAsync(store, roots, cancellationToken).ConfigureAwait(false);
        return await ScanAsync(store, paths, settings, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Scans and analyses the closure, or takes both from a saved report.</summary>
    public static async Task<ClosureReport> AnalyzeAsync(
        CommonSettings settings, IReadOnlyList<string> roots, ClosureScanOptions options, CancellationToken cancellationToken, AnalysisOptions? analysisOptions = null) =>
        SavedReportFile.Find(settings, roots)
        ?? ClosureAnalyzer.Analyze(await LoadAsync(settings, roots, options, cancellationToken).ConfigureAwait(false), analysisOptions ?? settings.AnalysisOptions, cancellationToken);

    public static async Task<ImmutableArray<StorePath>> ResolveAsync(IStore store, IReadOnlyList<string> roots, CancellationToken cancellationToken)
    {
        SortedSet<StorePath> paths = [];
        foreach (string root in roots)
        {
            try
            {
                paths.UnionWith(await StorePathResolver.ResolveAsync(store, root, cancellationToken).ConfigureAwait(false));
            }
            catch (UnresolvedPathException exception) when (!exception.IsAmbiguous)
            {
                throw new CommandException(ExitCode.Nothing, $"{ErrorText.Of(exception)}{SavedReportFile.Hint(root)}");
            }
        }

        return [.. paths];
    }

    public static async Task<ScannedClosure> ScanAsync(
        IStore store, IReadOnlyList<StorePath> roots, CommonSettings settings, ClosureScanOptions options, CancellationToken cancellationToken)
    {
        using ProgressLine line = new(!settings.Quiet && !settings.NoProgress);
        return await ClosureScanner.ScanAsync(store, roots, options with { Jobs = settings.Jobs }, new ProgressReporter(line), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the contents of some paths of a closure that was scanned by its metadata.</summary>
    public static async Task<ScannedClosure> ReadAsync(
        IStore store, ScannedClosure closure, IEnumerable<StorePath> paths, CommonSettings settings, CancellationToken cancellationToken)
    {
        using ProgressLine line = new(!settings.Quiet && !settings.NoProgress);
        ClosureScanOptions options = new() { Jobs = settings.Jobs };
        return await ClosureScanner.ReadAsync(store, closure, paths, options, new ProgressReporter(line), cancellationToken).ConfigureAwait(false);
    }

    private sealed class ProgressReporter(ProgressLine line) : IProgress<ScanProgress>
    {
        public void Report(ScanProgress value) => line.Report(value.PathsDone, value.PathsTotal, value.BytesDone, value.CurrentPath?.Name ?? "");
    }
}
