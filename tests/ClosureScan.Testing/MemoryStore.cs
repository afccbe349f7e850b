using System.Collections.Immutable;
using System.IO.Pipelines;
using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Testing;

/// <summary>A store in memory. Its paths are scanned from their NARs, and refer to what is found in them, as Nix registers it.</summary>
public sealed class MemoryStore
{
    private static readonly ClosureBuilder Names = new();

    private readonly SortedDictionary<StorePath, MemoryTree> _trees = [];

    /// <summary>The contents of a path, which is added when it is not there.</summary>
    public MemoryTree this[StorePath path]
    {
        get
        {
            if (!_trees.TryGetValue(path, out MemoryTree? tree))
            {
                _trees.Add(path, tree = new MemoryTree());
            }

            return tree;
        }
    }

    /// <summary>The contents of the path of that name.</summary>
    public MemoryTree this[string name] => this[PathOf(name)];

    /// <summary>The path of that name in every such store.</summary>
    public static StorePath PathOf(string name) => Names.PathOf(name);

    /// <summary>Whether the path was added.</summary>
    public bool Has(StorePath path) => _trees.ContainsKey(path);

    /// <summary>The NAR of a path.</summary>
    public byte[] NarOf(StorePath path) => _trees[path].ToNar();

    /// <summary>Scans every path; the store is the closure of <paramref name="root"/>.</summary>
    public async ValueTask<ScannedClosure> ScanAsync(StorePath root, ScanOptions? options = null)
    {
        PathScanner scanner = new(ReferenceSet.Create(_trees.Keys), options);
        ImmutableArray<ScannedPath>.Builder paths = ImmutableArray.CreateBuilder<ScannedPath>();
        foreach (StorePath path in _trees.Keys)
        {
            byte[] nar = NarOf(path);
            PathScan scan = await scanner.ScanNarAsync(PipeReader.Create(new MemoryStream(nar))).ConfigureAwait(false);
            ImmutableArray<StorePath> references = [.. _trees.Keys.Where(other => scan.References.Any(found => found.Target == other.Hash))];
            paths.Add(new ScannedPath(new PathInfo { Path = path, NarSize = nar.Length, References = references }, scan));
        }

        return new ScannedClosure { StoreDirectory = StorePath.DefaultStoreDirectory, Roots = [root], Paths = paths.ToImmutable() };
    }
}
