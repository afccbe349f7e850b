using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ClosureScan.Input;
using ClosureScan.Paths;
using ClosureScan.Stores.Compression;
using ClosureScan.Walking;

namespace ClosureScan.Stores.BinaryCache;

/// <summary>A binary cache in a folder: <c>&lt;hash&gt;.narinfo</c> files and NARs. Every NAR claims what its narinfo says.</summary>
internal sealed class BinaryCacheStore : IListableStore
{
    /// <summary>What the names of the metadata files end in.</summary>
    public const string NarInfoExtension = ".narinfo";

    // Nix has no bound; the largest narinfo of a real cache has some 30 KiB.
    private const int MaxNarInfoSize = 16 * 1024 * 1024;

    private readonly string _directory;
    private readonly StorePathPool _paths;

    private const string CopyAgain = "Copy the path into the cache again.";

    // What was asked for and not yet opened: a closure is walked first, and scanned then.
    private readonly ConcurrentDictionary<StorePathHash, NarInfo> _queried = new();

    /// <summary>Opens the cache in <paramref name="directory"/>.</summary>
    /// <exception cref="StoreException">Its nix-cache-info is malformed.</exception>
    public BinaryCacheStore(string location, string directory)
    {
        Location = location;
        _directory = Path.GetFullPath(directory);
        _paths = new StorePathPool(CacheInfo.ReadStoreDirectory(_directory));
    }

    public string Directory => _paths.StoreDirectory;

    public string Location { get; }

    public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default)
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

    public ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (!_queried.TryRemove(info.Path.Hash, out NarInfo? narInfo) && (narInfo = Read(info.Path.Hash)) is null)
        {
            string missing = NarInfoFile(info.Path.Hash);
            throw new StoreException($"{missing} is not there. {CopyAgain}") { Place = missing };
        }

        return new(Open(narInfo, info.NarSize));
    }

    private string NarInfoFile(StorePathHash hash) => Path.Combine(_directory, hash + NarInfoExtension);

    private StoreContents Open(NarInfo narInfo, long? size)
    {
        // A name that leads out of the cache is no name of a file in it.
        string file = Path.GetFullPath(Path.Combine(_directory, narInfo.Url));
        if (!file.StartsWith(_directory + "/", StringComparison.Ordinal))
        {
            throw new StoreException($"its URL \"{narInfo.Url}\" leads out of the cache. {CopyAgain}") { Place = NarInfoFile(narInfo.Info.Path.Hash) };
        }

        if (!CompressionMethods.TryParse(narInfo.Compression, out CompressionMethod method))
        {
            throw new StoreException($"its compression \"{narInfo.Compression}\" cannot be undone; known are {CompressionMethods.Known}. Copy the path with one of these.")
            {
                Place = file,
            };
        }

        try
        {
            FileStream source = InputFile.Open(file);
            string sizes = source.CanSeek && narInfo.FileSize is { } told && told != source.Length
                ? $"The file has {source.Length} bytes, and the narinfo says {told}. "
                : "";
            return StoreContents.Nar(
                Decoder.Open(method, source),
                file,
                size,
                narInfo.Info.NarHash,
                sizes + "Delete the file and its narinfo and copy the path into the cache again.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"the NAR of {narInfo.Info.Path} cannot be opened: {exception.Message} {CopyAgain}", exception) { Place = file };
        }
    }

    private string[] EnumerateNarInfos()
    {
        try
        {
            return System.IO.Directory.GetFiles(_directory, "*" + NarInfoExtension);
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
