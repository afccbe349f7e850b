using ClosureScan.Analysis.Comparing;
using ClosureScan.Paths;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Analysis.Tests.Comparing;

/// <summary>One side of a comparison, in memory: paths by their names, which refer to what is found in them. The salt changes every hash.</summary>
internal sealed class ComparedTrees(string salt) : IStore
{
    private readonly ClosureBuilder _names = new() { Salt = salt };
    private readonly Dictionary<StorePath, MemoryTree> _trees = [];
    private StorePath? _root;

    /// <summary>The path of that name, whole.</summary>
    public StorePath this[string name] => _names.PathOf(name);

    /// <summary>Adds a path; the first one is the root.</summary>
    public ComparedTrees Add(string name, Func<MemoryTree, MemoryTree> fill)
    {
        StorePath path = this[name];
        _root ??= path;
        _trees.Add(path, fill(new MemoryTree()));
        return this;
    }

    public string Directory => StorePath.DefaultStoreDirectory;

    public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default) =>
        new(_trees.TryGetValue(path, out MemoryTree? tree) ? Describe(path, tree.ToNar()) : null);

    public ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default) => new(StoreContents.Nar(_trees[info.Path].ToNar()));

    public byte[] NarOf(StorePath path) => _trees[path].ToNar();

    public ComparedClosure ToClosure() => new()
    {
        Store = this,
        Roots = [_root!],
        Paths = [.. _trees.Select(item => Describe(item.Key, item.Value.ToNar()))],
    };

    private PathInfo Describe(StorePath path, byte[] nar)
    {
        string text = System.Text.Encoding.Latin1.GetString(nar);
        return new PathInfo
        {
            Path = path,
            NarSize = nar.Length,
            References = [.. _trees.Keys.Where(other => text.Contains(other.Hash.ToString(), StringComparison.Ordinal)).Order()],
        };
    }

    /// <summary>Compares two sides.</summary>
    public static async Task<ClosureComparison> CompareAsync(ComparedTrees cross, ComparedTrees native) =>
        await ClosureComparison.RunAsync(cross.ToClosure(), native.ToClosure(), new ComparisonOptions { Jobs = 2 });

    /// <summary>Compares two paths of one package that have nothing but these trees.</summary>
    public static async Task<PathPair> CompareAsync(Func<MemoryTree, MemoryTree> cross, Func<MemoryTree, MemoryTree> native) =>
        Assert.Single((await CompareAsync(new ComparedTrees("cross").Add("thing-armv7l-unknown-linux-gnueabihf-1.0", cross), new ComparedTrees("native").Add("thing-1.0", native))).Pairs);
}
