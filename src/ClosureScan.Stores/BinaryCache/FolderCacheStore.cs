using System.Runtime.CompilerServices;
using ClosureScan.Paths;
using ClosureScan.Stores.Closures;

namespace ClosureScan.Stores.BinaryCache;

/// <summary>A binary cache in a folder, which can be listed.</summary>
internal sealed class FolderCacheStore : BinaryCacheStore, IListableStore
{
    private readonly FolderFiles _files;

    private FolderCacheStore(string location, FolderFiles files, string storeDirectory)
        : base(location, files, storeDirectory, rule: null) => _files = files;

    /// <summary>Opens the cache in <paramref name="directory"/>.</summary>
    /// <exception cref="StoreException">Its nix-cache-info is malformed.</exception>
    public static FolderCacheStore Open(string location, string directory)
    {
        FolderFiles files = new(directory);
        return new FolderCacheStore(location, files, Blocking.Wait(CacheInfo.ReadStoreDirectoryAsync(files, CancellationToken.None)));
    }

    public async IAsyncEnumerable<StorePath> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (StorePathHash hash in _files.List())
        {
            if (await ReadAsync(hash, cancellationToken).ConfigureAwait(false) is { } narInfo)
            {
                yield return narInfo.Info.Path;
            }
        }
    }
}
