using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan.Stores;

/// <summary>Several stores, asked in order for each path: the caches that a closure is spread over.</summary>
internal class OrderedStores : IListableStore, IHashIndex, IDoubtingStore, IDerivationStore
{
    private readonly ImmutableArray<IStore> _stores;
    private readonly ConcurrentDictionary<StorePath, IStore> _owners = [];

    private OrderedStores(ImmutableArray<IStore> stores)
    {
        _stores = stores;
        if (stores.FirstOrDefault(store => store.Directory != Directory) is { } other)
        {
            throw new StoreUriException($"{stores[0].Location} has paths of {Directory}, and {other.Location} of {other.Directory}: a closure lies in one of them.");
        }
    }

    /// <summary>Takes stores, which it owns.</summary>
    /// <exception cref="StoreUriException">They are for different store directories.</exception>
    public static OrderedStores Of(ImmutableArray<IStore> stores) => stores.Any(store => store is IDistantStore) ? new Distant(stores) : new OrderedStores(stores);

    public string Directory => _stores[0].Directory;

    public string Location => string.Join(", ", _stores.Select(store => store.Location));

    public IReadOnlyDictionary<StorePath, string> Doubts =>
        _stores.OfType<IDoubtingStore>().SelectMany(store => store.Doubts.Where(doubt => _owners.GetValueOrDefault(doubt.Key) == store)).ToDictionary();

    public async ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default)
    {
        StoreException? failure = null;
        foreach (IStore store in _stores)
        {
            try
            {
                if (await store.FindAsync(path, cancellationToken).ConfigureAwait(false) is { } info)
                {
                    _owners[path] = store;
                    return info;
                }
            }
            catch (StoreException exception)
            {
                failure ??= exception;
            }
        }

        // A store that could not answer may have it.
        return failure is null ? null : throw failure;
    }

    public IEnumerable<StorePath> DerivationsOf(PathInfo info)
    {
        if (_owners.GetValueOrDefault(info.Path) is not IDerivationStore owner)
        {
            yield break;
        }

        foreach (StorePath derivation in owner.DerivationsOf(info))
        {
            _owners[derivation] = owner;
            yield return derivation;
        }
    }

    public async ValueTask<StorePath?> FindByHashAsync(StorePathHash hash, CancellationToken cancellationToken = default)
    {
        foreach (IHashIndex store in _stores.OfType<IHashIndex>())
        {
            if (await store.FindByHashAsync(hash, cancellationToken).ConfigureAwait(false) is { } path)
            {
                return path;
            }
        }

        return null;
    }

    public async ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(info);
        IStore owner = _owners.GetValueOrDefault(info.Path) ?? _stores[0];
        try
        {
            return await owner.OpenAsync(info, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // What one cannot give another may have: the same bytes, or it is no use.
            foreach (IStore other in _stores.Where(store => store != owner))
            {
                if (await other.FindAsync(info.Path, cancellationToken).ConfigureAwait(false) is { } same && same.NarHash == info.NarHash)
                {
                    return await other.OpenAsync(same, cancellationToken).ConfigureAwait(false);
                }
            }

            throw;
        }
    }

    public async IAsyncEnumerable<StorePath> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        HashSet<StorePath> seen = [];
        foreach (IListableStore store in _stores.OfType<IListableStore>())
        {
            await foreach (StorePath path in store.ListAsync(cancellationToken).ConfigureAwait(false))
            {
                if (seen.Add(path))
                {
                    yield return path;
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IStore store in _stores)
        {
            await store.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stores of which one is distant: as many questions and contents are under way as it bears.</summary>
    private sealed class Distant(ImmutableArray<IStore> stores) : OrderedStores(stores), IDistantStore
    {
        private IEnumerable<IDistantStore> Far => _stores.OfType<IDistantStore>();

        public int QueriesAtOnce => Far.Max(store => store.QueriesAtOnce);

        public int ReadsAtOnce => Far.Max(store => store.ReadsAtOnce);

        public bool LeavesOff => Far.All(store => store.LeavesOff);

        public long BytesFetched => Far.Sum(store => store.BytesFetched);
    }
}
