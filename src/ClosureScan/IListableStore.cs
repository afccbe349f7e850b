using ClosureScan.Paths;

namespace ClosureScan;

/// <summary>A store that can tell all its paths. It is asked for only where a glob or a name needs it, or where references are told by bytes alone.</summary>
public interface IListableStore : IStore
{
    /// <summary>Every path of the store, in no order.</summary>
    /// <exception cref="StoreException">The store's metadata cannot be read, or is malformed.</exception>
    IAsyncEnumerable<StorePath> ListAsync(CancellationToken cancellationToken = default);
}
