using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClosureScan.Derivations;
using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Closures;

/// <summary>
/// Reads the derivations that built the paths of a closure, where a store has them at hand. They are witnesses beside the closure: one that is gone, or cannot be
/// read, is no problem of the scan.
/// </summary>
internal static class BuildRecords
{
    /// <summary>No derivation is longer: those of whole systems have some hundred KiB.</summary>
    private const long MaxLength = 16 << 20;

    /// <summary>What the derivations say, by the paths that they built.</summary>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static async Task<IReadOnlyDictionary<StorePath, RecordedBuild>> ReadAsync(IStore store, ImmutableArray<PathInfo> infos, int jobs, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<StorePath, RecordedBuild> builds = [];
        if (store is IDerivationStore derivations)
        {
            int next = -1;
            void Work(CancellationToken stop)
            {
                for (int index = Interlocked.Increment(ref next); index < infos.Length && !stop.IsCancellationRequested; index = Interlocked.Increment(ref next))
                {
                    PathInfo info = infos[index];
                    if (derivations.DerivationsOf(info).Select(path => Read(store, path, info.Path, stop)).OfType<RecordedBuild>().FirstOrDefault() is { } build)
                    {
                        builds[info.Path] = build;
                    }
                }
            }

            await Crew.RunAsync(jobs, Work, cancellationToken).ConfigureAwait(false);
        }

        return builds;
    }

    private static RecordedBuild? Read(IStore store, StorePath derivation, StorePath output, CancellationToken cancellationToken)
    {
        try
        {
            StoreContents contents = Blocking.Wait(store.OpenAsync(new PathInfo { Path = derivation }, cancellationToken));
            Blocking.Wait(contents.DisposeAsync());
            return contents.DirectoryPath is { } place && new FileInfo(place) is { Exists: true, Length: <= MaxLength } file
                ? RecordedBuildReader.Read(derivation, File.ReadAllBytes(file.FullName), output) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StoreException)
        {
            return null;
        }
    }
}
