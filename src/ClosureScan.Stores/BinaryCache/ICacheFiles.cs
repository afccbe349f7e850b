using ClosureScan.Stores.Compression;

namespace ClosureScan.Stores.BinaryCache;

/// <summary>Where the files of a binary cache lie: in a folder, or behind a server. All members may be called from several threads at once.</summary>
internal interface ICacheFiles : IDisposable
{
    /// <summary>A file's whole name, for messages.</summary>
    string NameOf(string file);

    /// <summary>A small file, whole; null when it is not there.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    ValueTask<byte[]?> ReadAsync(string file, int most, CancellationToken cancellationToken);

    /// <summary>Opens a NAR as it lies there.</summary>
    /// <param name="url">Where, as the narinfo has it: relative to the cache, or an address of its own.</param>
    /// <param name="method">How it is compressed.</param>
    /// <param name="fileSize">How many bytes the narinfo says that it has; null where it does not.</param>
    /// <param name="cancellationToken">Ends the opening, and the reading.</param>
    /// <exception cref="StoreException">It is not there, or leads out of the cache.</exception>
    ValueTask<CacheFile> OpenAsync(string url, CompressionMethod method, long? fileSize, CancellationToken cancellationToken);
}
