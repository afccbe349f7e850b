using ClosureScan.Paths;

namespace ClosureScan.Stores;

/// <summary>A store that finds a path by its hash alone, without a list of all.</summary>
internal interface IHashIndex : IStore
{
    /// <summary>The path of a hash; null when there is none.</summary>
    /// <exception cref="StoreException">The store's metadata cannot be read, or is malformed.</exception>
    ValueTask<StorePath?> FindByHashAsync(StorePathHash hash, CancellationToken cancellationToken = default);
}
