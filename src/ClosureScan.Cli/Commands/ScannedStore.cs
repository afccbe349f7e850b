using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan.Cli.Commands;

/// <summary>The paths of a closure that was scanned before, as a store that has their claims and no bytes.</summary>
internal sealed class ScannedStore(ScannedClosure closure) : IListableStore
{
    private readonly Dictionary<StorePath, PathInfo> _infos = closure.Paths.ToDictionary(path => path.Info.Path, path => path.Info);

    public string Directory => closure.StoreDirectory;

    public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default) => ValueTask.FromResult(_infos.GetValueOrDefault(path));

    public IAsyncEnumerable<StorePath> ListAsync(CancellationToken cancellationToken = default) => _infos.Keys.ToAsyncEnumerable();

    public ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default) =>
        throw new StoreException($"{info.Path}: a saved scan has what was found in its bytes, and not the bytes.");
}
