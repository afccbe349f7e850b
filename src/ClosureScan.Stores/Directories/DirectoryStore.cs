using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Stores.Directories;

/// <summary>
/// A directory of store paths without a database: a mounted card, the inside of a build's sandbox. Nothing tells its references,
/// so a path is scanned for the hashes of all paths in the directory when it is asked about, as Nix would have done.
/// The scan is kept until it is asked for.
/// </summary>
internal sealed class DirectoryStore : IStore
{
    private readonly string _directory;
    private readonly DirectoryListing _paths;
    private readonly ConcurrentDictionary<StorePath, Lazy<PathInfo>> _queried = [];
    private readonly ConcurrentDictionary<StorePath, PathScan> _waiting = [];
    private readonly ConcurrentBag<PathScanner> _scanners = [];

    private DirectoryStore(string location, string directory, DirectoryListing paths)
    {
        Location = location;
        _directory = directory;
        _paths = paths;
    }

    public string StoreDirectory => _paths.StoreDirectory;

    public string Location { get; }

    /// <summary>Opens <paramref name="directory"/>, whose entries are named as paths of <paramref name="storeDirectory"/>; null when there are none.</summary>
    /// <exception cref="StoreException">It cannot be listed.</exception>
    public static DirectoryStore? TryOpen(string location, string directory, string storeDirectory)
    {
        DirectoryListing paths = DirectoryListing.List(directory, storeDirectory);
        return paths.Count == 0 ? null : new DirectoryStore(location, directory, paths);
    }

    public ValueTask<PathInfo?> QueryAsync(StorePath path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        cancellationToken.ThrowIfCancellationRequested();
        return _paths.Contains(path)
            ? new ValueTask<PathInfo?>(Task.Run<PathInfo?>(() => Find(path), cancellationToken))
            : ValueTask.FromResult<PathInfo?>(null);
    }

    public IAsyncEnumerable<StorePath> ListAsync(CancellationToken cancellationToken = default) => _paths.All.ToAsyncEnumerable();

    public async ValueTask<PathScan> ScanAsync(PathInfo info, PathScanner scanner, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(scanner);

        // What was found is what this scanner would find: a closure's set holds all that its paths refer to, and more hashes find no more.
        return scanner.Options == ScanOptions.Default && _waiting.TryRemove(info.Path, out PathScan? scan)
            ? scan
            : await Task.Run(() => scanner.ScanDirectory(PathOf(info.Path), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string PathOf(StorePath path) => Path.Combine(_directory, path.BaseName);

    private PathInfo Find(StorePath path)
    {
        // Not cancelled: another caller may wait for the same path.
        return _queried.GetOrAdd(path, static (path, store) => new Lazy<PathInfo>(() => store.Read(path)), this).Value;
    }

    private PathInfo Read(StorePath path)
    {
        if (!_scanners.TryTake(out PathScanner? scanner))
        {
            scanner = new PathScanner(_paths.References);
        }

        PathScan scan = scanner.ScanDirectory(PathOf(path));
        _scanners.Add(scanner);
        _waiting[path] = scan;
        return new PathInfo
        {
            Path = path,
            NarSize = scan.Problems.IsEmpty ? scan.NarSize : null,
            References = [.. scan.References.Select(reference => _paths[reference.Target]).Order()],
        };
    }
}
