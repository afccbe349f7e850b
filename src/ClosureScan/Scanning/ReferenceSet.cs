using System.Collections.Frozen;
using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Scanning;

/// <summary>The hashes to search for. Immutable; share one between all scanners of a closure.</summary>
public sealed class ReferenceSet
{
    private readonly FrozenDictionary<StorePathHash, int> _indices;

    private ReferenceSet(ImmutableArray<StorePathHash> hashes)
    {
        Hashes = hashes;
        _indices = hashes.Select((hash, index) => KeyValuePair.Create(hash, index)).ToFrozenDictionary();
    }

    /// <summary>The hashes, sorted, each once. An index into this array is what an <see cref="IReferenceSink"/> is given.</summary>
    public ImmutableArray<StorePathHash> Hashes { get; }

    /// <summary>How many hashes.</summary>
    public int Count => Hashes.Length;

    /// <summary>Makes a set; repeated hashes count once.</summary>
    public static ReferenceSet Create(IEnumerable<StorePathHash> hashes) => new([.. hashes.Distinct().Order()]);

    /// <summary>Makes a set of the hash parts of <paramref name="paths"/>.</summary>
    public static ReferenceSet Create(IEnumerable<StorePath> paths) => Create(paths.Select(path => path.Hash));

    /// <summary>The index of <paramref name="hash"/>. False when it is not in the set.</summary>
    public bool TryGetIndex(StorePathHash hash, out int index) => _indices.TryGetValue(hash, out index);
}
