using System.Collections.Immutable;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Stores;

namespace ClosureScan.Fleet.Working;

/// <summary>
/// Scans one NAR for what its path refers to. What comes of it depends on the NAR and on that alone: not on the closure that it is in, nor on what
/// else is scanned.
/// </summary>
/// <param name="store">Where it is.</param>
/// <param name="deep">Whether what lies compressed or packed is scanned too.</param>
/// <param name="patience">How long one NAR may take.</param>
internal sealed class NarScan(IStore store, bool deep, TimeSpan patience)
{
    /// <summary>Scans it.</summary>
    /// <returns>What came of it, which may be that it cannot be read.</returns>
    /// <exception cref="StoreException">Nobody could tell: another time may be better.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<NarResult> RunAsync(NarTask task, CancellationToken cancellationToken)
    {
        CrashPoint.Reach(CrashPoint.Scanning + task.Info.Path.Name);
        ObservedStore observed = new(store);
        ScanDepth depth = deep ? ScanDepth.Deep : ScanDepth.Contents;
        ImmutableArray<ScannedPath> paths = [.. (task.Info.References ?? []).Where(path => !path.Equals(task.Info.Path)).Select(path => new ScannedPath(new PathInfo { Path = path }, null)), new ScannedPath(task.Info, null)];
        ScannedClosure closure = new() { StoreDirectory = store.Directory, Roots = [task.Info.Path], Paths = [.. paths.OrderBy(path => path.Info.Path)], Depth = ScanDepth.Metadata };
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(patience);
        ScannedPath scanned;
        string? message;
        try
        {
            ScannedClosure read = await ClosureScanner.ReadAsync(
                observed, closure, [task.Info.Path], new ClosureScanOptions { Jobs = 1, Scan = ScanOptions.Default with { Deep = deep }, VerifyHashes = true }, progress: null, end.Token).ConfigureAwait(false);
            scanned = read.Paths.Single(path => path.Info.Path.Equals(task.Info.Path));
            message = read.Problems.FirstOrDefault()?.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new NarResult(task, "timeout", $"it was not read within {patience.TotalMinutes:0.#} minutes", null, 0, null);
        }

        if (observed.IsTransient)
        {
            throw new StoreException(message ?? observed.Failure!.Message, observed.Failure!);
        }

        PathScan? scan = scanned.Scan;
        string? reason = message is null ? null
            : observed.Failure is StoreException ? "unavailable"
            : observed.Failure is not null ? "unreadable"
            : scan?.NarHash is { } hash && hash != task.Info.NarHash ? "mismatch"
            : "malformed";
        return new NarResult(task, reason, message, Platform(scan), scan?.FileCount ?? 0, scan is null ? null : FactsBlob.Write(scanned, store.Directory, depth));
    }

    private static string? Platform(PathScan? scan) => scan?.Platforms.FirstOrDefault(tally => tally.Role is FileRole.Program or FileRole.SharedLibrary && tally.Platform is not null)?.Platform?.System;
}
