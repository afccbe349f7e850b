using ClosureScan.Paths;

namespace ClosureScan.Stores;

/// <summary>Where store paths live. All members may be called from several threads at once.</summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>The directory that the paths name, <c>/nix/store</c>, wherever the bytes really lie.</summary>
    string StoreDirectory { get; }

    /// <summary>What to call this store in messages: its URI.</summary>
    string Location { get; }

    /// <summary>What the store claims of <paramref name="path"/>; null when it does not have it.</summary>
    /// <exception cref="StoreException">The store's metadata cannot be read, or is malformed.</exception>
    ValueTask<PathInfo?> QueryAsync(StorePath path, CancellationToken cancellationToken = default);

    /// <summary>Every path of the store, in no order.</summary>
    /// <exception cref="StoreException">The store's metadata cannot be read, or is malformed.</exception>
    IAsyncEnumerable<StorePath> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Scans the bytes of one path and checks them against what <paramref name="info"/> claims where the store's kind can be damaged.
    /// What cannot be read or fails the check is in <see cref="PathScan.Problems"/>, not thrown.
    /// </summary>
    /// <param name="info">A path of this store.</param>
    /// <param name="scanner">The caller's scanner; not used after the call has ended.</param>
    /// <param name="cancellationToken">Stops the scan.</param>
    ValueTask<PathScan> ScanAsync(PathInfo info, PathScanner scanner, CancellationToken cancellationToken = default);
}
