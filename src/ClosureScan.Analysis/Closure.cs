using System.Collections.Immutable;
using ClosureScan.Paths;
using ClosureScan.Stores;

namespace ClosureScan.Analysis;

/// <summary>The whole way in one call: from a store and the name of a root to what is wrong with its closure.</summary>
/// <example>
/// <code>
/// await using IStore store = await Store.OpenAsync("samples/leaky-cache");
/// ClosureReport report = await Closure.ScanAsync(store, "*-pi-image-*");
/// Console.WriteLine($"{report.Findings.Length} findings in {report.Paths.Length} paths");
/// </code>
/// </example>
public static class Closure
{
    /// <summary>Finds the root, scans its closure and judges it. Cost: every byte of the closure is read once.</summary>
    /// <param name="store">Where the paths live.</param>
    /// <param name="root">A store path, a link to one, a base name, the start of a hash, or a glob; see <see cref="StorePathResolver"/>.</param>
    /// <param name="scan">How to scan; null for the defaults.</param>
    /// <param name="analysis">How to judge; null for the defaults.</param>
    /// <param name="progress">Told on the threads that scan.</param>
    /// <param name="cancellationToken">Stops the scan within a moment.</param>
    /// <returns>What was found; what could not be read is among its problems, and it is then incomplete.</returns>
    /// <exception cref="UnresolvedPathException">No path is called so, or several are.</exception>
    /// <exception cref="StoreException">The store's metadata cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The scan was cancelled; the token is the caller's.</exception>
    public static async Task<ClosureReport> ScanAsync(
        IStore store,
        string root,
        ClosureScanOptions? scan = null,
        AnalysisOptions? analysis = null,
        IProgress<ScanProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        ImmutableArray<StorePath> roots = await StorePathResolver.ResolveAsync(store, root, cancellationToken).ConfigureAwait(false);
        ScannedClosure closure = await ClosureScanner.ScanAsync(store, roots, scan, progress, cancellationToken).ConfigureAwait(false);
        return ClosureAnalyzer.Analyze(closure, analysis, cancellationToken);
    }
}
