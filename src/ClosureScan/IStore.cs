using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan;

/// <summary>
/// Where store paths live: what is claimed of them, and their bytes. Three members make a store; who scans it brings threads,
/// checks, cancellation and progress. All members may be called from several threads at once, and may block: each caller has a thread
/// of its own.
/// </summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>The directory that the paths name, <c>/nix/store</c>, wherever the bytes really lie.</summary>
    string Directory { get; }

    /// <summary>What to call this store in messages: its URI, or else its directory.</summary>
    string Location => Directory;

    /// <summary>
    /// What the store claims of <paramref name="path"/>; null when it does not have it. <see cref="PathInfo.References"/> is null where
    /// nothing tells them: the path's bytes will.
    /// </summary>
    /// <exception cref="StoreException">The store's metadata cannot be read, or is malformed.</exception>
    ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default);

    /// <summary>Opens the bytes of one path. The caller disposes the result.</summary>
    /// <param name="info">What <see cref="FindAsync"/> gave.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="StoreException">The bytes are not there, or cannot be opened.</exception>
    ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default);

    /// <summary>Lets go of what the store holds; nothing, unless the store says otherwise.</summary>
#pragma warning disable CA1816 // An interface has no finalizer to suppress.
    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
#pragma warning restore CA1816
}
