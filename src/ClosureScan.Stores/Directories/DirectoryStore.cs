using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Directories;

/// <summary>
/// A directory of store paths without a database: a mounted card, the inside of a build's sandbox. Nothing tells references; who
/// scans finds them, as Nix would have done.
/// </summary>
internal sealed class DirectoryStore : IListableStore, IDerivationStore
{
    private const string Ending = ".drv";

    private readonly string _directory;
    private readonly DirectoryListing _paths;
    private readonly Lazy<ILookup<string, StorePath>> _derivations;

    private DirectoryStore(string location, string directory, DirectoryListing paths)
    {
        Location = location;
        _directory = directory;
        _paths = paths;
        _derivations = new(() => paths.All.Where(path => path.Name.EndsWith(Ending, StringComparison.Ordinal)).ToLookup(path => path.Name[..^Ending.Length]));
    }

    public string Directory => _paths.StoreDirectory;

    public string Location { get; }

    /// <summary>Opens <paramref name="directory"/>, whose entries are named as paths of <paramref name="storeDirectory"/>; null when there are none.</summary>
    /// <exception cref="StoreException">It cannot be listed.</exception>
    public static DirectoryStore? TryOpen(string location, string directory, string storeDirectory)
    {
        DirectoryListing paths = DirectoryListing.List(directory, storeDirectory);
        return paths.Count == 0 ? null : new DirectoryStore(location, directory, paths);
    }

    public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(_paths.Contains(path) ? new PathInfo { Path = path } : null);
    }

    public IAsyncEnumerable<StorePath> ListAsync(CancellationToken cancellationToken = default) => _paths.All.ToAsyncEnumerable();

    /// <summary>Those of the path's name, which may end in that of an output: nothing here tells more, and they tell themselves what they build.</summary>
    public IEnumerable<StorePath> DerivationsOf(PathInfo info)
    {
        string name = info.Path.Name;
        int output = name.LastIndexOf('-');
        return _derivations.Value[name].Concat(output > 0 ? _derivations.Value[name[..output]] : []);
    }

    public ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(info);
        return new(StoreContents.OnDisk(Path.Combine(_directory, info.Path.BaseName)));
    }
}
