using ClosureScan.Stores;

namespace ClosureScan.Fleet.Working;

/// <summary>The caches of a worker, opened when they are needed, and anew when they had to be given up. May be used by several threads.</summary>
internal sealed class StoreSlot(IReadOnlyList<string> uris, StoreOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1);
    private readonly List<IStore> _opened = [];
    private IStore? _current;

    /// <summary>The caches, asked in order.</summary>
    /// <exception cref="StoreException">They cannot be opened.</exception>
    /// <exception cref="StoreUriException">There are none of these names.</exception>
    public async Task<IStore> GetAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_current is null)
            {
                _current = await Store.OpenAsync(uris, options, cancellationToken).ConfigureAwait(false);
                _opened.Add(_current);
            }

            return _current;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Says that <paramref name="store"/> is no use any more; others may still read from it.</summary>
    public void Renew(IStore store) => Interlocked.CompareExchange(ref _current, null, store);

    public async ValueTask DisposeAsync()
    {
        foreach (IStore store in _opened)
        {
            await store.DisposeAsync().ConfigureAwait(false);
        }

        _opening.Dispose();
    }
}
