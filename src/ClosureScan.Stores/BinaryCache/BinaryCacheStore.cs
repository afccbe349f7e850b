using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ClosureScan.Input;
using ClosureScan.Paths;
using ClosureScan.Stores.Compression;

namespace ClosureScan.Stores.BinaryCache;

/// <summary>A binary cache in a folder: <c>&lt;hash&gt;.narinfo</c> files and NARs. Every NAR is checked against its narinfo as it is scanned.</summary>
internal sealed class BinaryCacheStore : IStore
{
    /// <summary>What the names of the metadata files end in.</summary>
    public const string NarInfoExtension = ".narinfo";

    // Nix has no bound; the largest narinfo of a real cache has some 30 KiB.
    private const int MaxNarInfoSize = 16 * 1024 * 1024;

    private readonly string _directory;
    private readonly StorePathPool _paths;

    // What was asked for and not yet scanned: a closure is walked first, and scanned then.
    private readonly ConcurrentDictionary<StorePathHash, NarInfo> _queried = new();

    /// <summary>Opens the cache in <paramref name="directory"/>.</summary>
    /// <exception cref="StoreException">Its nix-cache-info is malformed.</exception>
    public BinaryCacheStore(string location, string directory)
    {
        Location = location;
        _directory = Path.GetFullPath(directory);
        _paths = new StorePathPool(CacheInfo.ReadStoreDirectory(_directory));
    }

    public string StoreDirectory => _paths.StoreDirectory;

    public string Location { get; }

    public ValueTask<PathInfo?> QueryAsync(StorePath path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        cancellationToken.ThrowIfCancellationRequested();
        NarInfo? found = Read(path.Hash);
        if (found is null || !found.Info.Path.Equals(path))
        {
            return new((PathInfo?)null);
        }

        _queried[path.Hash] = found;
        return new(found.Info);
    }

    public async IAsyncEnumerable<StorePath> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string file in EnumerateNarInfos())
        {
            if (StorePathHash.TryParse(Path.GetFileNameWithoutExtension(file.AsSpan()), out StorePathHash hash)
                && Read(hash) is { } narInfo)
            {
                yield return narInfo.Info.Path;
            }
        }
    }

    public async ValueTask<PathScan> ScanAsync(PathInfo info, PathScanner scanner, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(scanner);
        if (!_queried.TryRemove(info.Path.Hash, out NarInfo? narInfo) && (narInfo = Read(info.Path.Hash)) is null)
        {
            return NarScan.Failed(info.Path.ToString(), $"{NarInfoFile(info.Path.Hash)} is not there. Copy the path into the cache again.");
        }

        // A name that leads out of the cache is no name of a file in it.
        string file = Path.GetFullPath(Path.Combine(_directory, narInfo.Url));
        if (!file.StartsWith(_directory + "/", StringComparison.Ordinal))
        {
            return NarScan.Failed(NarInfoFile(info.Path.Hash), $"its URL \"{narInfo.Url}\" leads out of the cache. Copy the path into the cache again.");
        }

        if (!CompressionMethods.TryParse(narInfo.Compression, out CompressionMethod method))
        {
            return NarScan.Failed(file, $"its compression \"{narInfo.Compression}\" cannot be undone; known are {CompressionMethods.Known}. Copy the path with one of these.");
        }

        return await NarScan.RunAsync(file, method, info, narInfo, scanner, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string NarInfoFile(StorePathHash hash) => Path.Combine(_directory, hash + NarInfoExtension);

    private string[] EnumerateNarInfos()
    {
        try
        {
            return Directory.GetFiles(_directory, "*" + NarInfoExtension);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The binary cache {_directory} cannot be listed: {exception.Message}", exception);
        }
    }

    // A file of a kilobyte: to wait for it on another thread takes several times as long as to read it.
    private NarInfo? Read(StorePathHash hash)
    {
        string file = NarInfoFile(hash);
        byte[] bytes;
        try
        {
            bytes = InputFile.ReadText(file, MaxNarInfoSize);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{file} cannot be read: {exception.Message}", exception);
        }

        NarInfo narInfo = NarInfoParser.Parse(bytes, file, _paths);
        return narInfo.Info.Path.Hash == hash
            ? narInfo
            : throw new StoreException($"{file} is about {narInfo.Info.Path}. Delete it and copy the path into the cache again.");
    }
}
