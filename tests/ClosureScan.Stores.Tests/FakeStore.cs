using System.Security.Cryptography;
using System.Text;
using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Tests;

/// <summary>A store in memory, with hooks for what a test wants to go wrong.</summary>
internal sealed class FakeStore : IListableStore
{
    private readonly Dictionary<StorePath, (PathInfo Info, byte[] Nar)> _paths = [];

    public string Directory => StorePath.DefaultStoreDirectory;

    /// <summary>Runs before a path is opened; what it throws is what scanning throws.</summary>
    public Func<StorePath, CancellationToken, Task>? BeforeScan { get; init; }

    /// <summary>The store path of that name.</summary>
    public static StorePath PathOf(string name) =>
        StorePath.Parse($"{StorePath.DefaultStoreDirectory}/{NixBase32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 20))}-{name}");

    public FakeStore Add(StorePath path, byte[] nar, params StorePath[] references)
    {
        _paths.Add(path, (new PathInfo { Path = path, NarSize = nar.Length, References = [.. references.Order()] }, nar));
        return this;
    }

    /// <summary>Adds a path of one file that names what it refers to.</summary>
    public FakeStore Add(string name, params string[] references) => Add(
        PathOf(name),
        Testing.NarBuilder.OfFile(Encoding.UTF8.GetBytes(string.Join(' ', references.Select(PathOf)))),
        [.. references.Select(PathOf)]);

    public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_paths.TryGetValue(path, out (PathInfo Info, byte[] Nar) found) ? found.Info : null);

    public IAsyncEnumerable<StorePath> ListAsync(CancellationToken cancellationToken = default) => _paths.Keys.ToAsyncEnumerable();

    public async ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default)
    {
        if (BeforeScan is not null)
        {
            await BeforeScan(info.Path, cancellationToken);
        }

        return StoreContents.Nar(_paths[info.Path].Nar);
    }
}
