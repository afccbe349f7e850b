using System.Collections.Concurrent;
using ClosureScan.Paths;
using ClosureScan.Stores.Compression;
using ClosureScan.Stores.Signatures;
using ClosureScan.Walking;

namespace ClosureScan.Stores.BinaryCache;

/// <summary>A binary cache: <c>&lt;hash&gt;.narinfo</c> files and NARs. Every NAR claims what its narinfo says.</summary>
internal class BinaryCacheStore : IHashIndex, IDoubtingStore
{
    /// <summary>What the names of the metadata files end in.</summary>
    public const string NarInfoExtension = ".narinfo";

    // Nix has no bound; the largest narinfo of a real cache has some 30 KiB.
    private const int MaxNarInfoSize = 16 * 1024 * 1024;

    private const string CopyAgain = "Copy the path into the cache again.";

    private readonly ICacheFiles _files;
    private readonly StorePathPool _paths;
    private readonly SignatureRule? _rule;

    // What was asked for and not yet opened: a closure is walked first, and scanned then.
    private readonly ConcurrentDictionary<StorePathHash, NarInfo> _queried = new();
    private readonly ConcurrentDictionary<StorePath, string> _doubts = new();

    /// <summary>Makes a store.</summary>
    /// <param name="location">Its name in messages.</param>
    /// <param name="files">Its files, which it owns.</param>
    /// <param name="storeDirectory">The directory that its paths name; see <see cref="CacheInfo"/>.</param>
    /// <param name="rule">Which signatures count; null when none is asked for.</param>
    public BinaryCacheStore(string location, ICacheFiles files, string storeDirectory, SignatureRule? rule)
    {
        Location = location;
        _files = files;
        _rule = rule;
        _paths = new StorePathPool(storeDirectory);
    }

    public string Directory => _paths.StoreDirectory;

    public string Location { get; }

    public IReadOnlyDictionary<StorePath, string> Doubts => _doubts;

    public async ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        NarInfo? found = await ReadAsync(path.Hash, cancellationToken).ConfigureAwait(false);
        if (found is null || !found.Info.Path.Equals(path))
        {
            return null;
        }

        if (_rule?.FindProblem(found.Info) is { } doubt)
        {
            _doubts[path] = doubt;
        }

        _queried[path.Hash] = found;
        return found.Info;
    }

    public async ValueTask<StorePath?> FindByHashAsync(StorePathHash hash, CancellationToken cancellationToken = default) =>
        (await ReadAsync(hash, cancellationToken).ConfigureAwait(false))?.Info.Path;

    public async ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(info);
        string description = _files.NameOf(info.Path.Hash + NarInfoExtension);
        if (!_queried.TryRemove(info.Path.Hash, out NarInfo? narInfo)
            && (narInfo = await ReadAsync(info.Path.Hash, cancellationToken).ConfigureAwait(false)) is null)
        {
            throw new StoreException($"{description} is not there. {CopyAgain}") { Place = description };
        }

        if (!CompressionMethods.TryParse(narInfo.Compression, out CompressionMethod method))
        {
            throw new StoreException($"its compression \"{narInfo.Compression}\" cannot be undone; known are {CompressionMethods.Known}. Copy the path with one of these.")
            {
                Place = _files.NameOf(narInfo.Url),
            };
        }

        try
        {
            CacheFile file = await _files.OpenAsync(narInfo.Url, method, narInfo.FileSize, cancellationToken).ConfigureAwait(false);
            Stream nar = Decoder.Open(method, file.Bytes);
            return StoreContents.Nar(
                _rule?.ToProve(narInfo.Info) is { } address ? new ProvingStream(nar, address) : nar,
                file.Name,
                info.NarSize,
                narInfo.Info.NarHash,
                file.Remark + "Delete the file and its narinfo and copy the path into the cache again.");
        }
        catch (StoreException exception)
        {
            throw new StoreException($"the NAR of {narInfo.Info.Path} cannot be read: {exception.Message.TrimEnd('.')}. {CopyAgain}", exception)
            {
                Place = exception.Place ?? description,
            };
        }
    }

    public ValueTask DisposeAsync()
    {
        _files.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What the cache says of a hash; null when it has nothing of it.</summary>
    protected async ValueTask<NarInfo?> ReadAsync(StorePathHash hash, CancellationToken cancellationToken)
    {
        string file = hash + NarInfoExtension;
        if (await _files.ReadAsync(file, MaxNarInfoSize, cancellationToken).ConfigureAwait(false) is not { } bytes)
        {
            return null;
        }

        NarInfo narInfo = NarInfoParser.Parse(bytes, _files.NameOf(file), _paths);
        return narInfo.Info.Path.Hash == hash
            ? narInfo
            : throw new StoreException($"{_files.NameOf(file)} is about {narInfo.Info.Path}. Delete it and copy the path into the cache again.");
    }
}
