using System.Text;
using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Analysis.Comparing.Fingerprints;

/// <summary>The hashes of one closure, and the name that follows each of them in a whole store path. Immutable; shared between threads.</summary>
internal sealed class ReferenceNames
{
    private readonly byte[][] _suffixes;

    public ReferenceNames(IEnumerable<StorePath> paths)
    {
        StorePath[] all = [.. paths];
        Set = ReferenceSet.Create(all);
        Paths = new StorePath[Set.Count];
        _suffixes = new byte[Set.Count][];
        foreach (StorePath path in all)
        {
            if (Set.TryGetIndex(path.Hash, out int index))
            {
                Paths[index] = path;
                _suffixes[index] = Encoding.ASCII.GetBytes($"-{path.Name}");
            }
        }
    }

    /// <summary>What is searched for.</summary>
    public ReferenceSet Set { get; }

    /// <summary>The path of every index of <see cref="Set"/>.</summary>
    public StorePath[] Paths { get; }

    /// <summary>How far behind a hash its name may reach: what a search must have before it judges one.</summary>
    public const int MaxNameLength = StorePath.MaxNameLength + 1;

    /// <summary>How many of the bytes behind the hash are its dash and name; 0 where another text follows.</summary>
    public int NameLength(int index, ReadOnlySpan<byte> behind) =>
        behind.StartsWith(_suffixes[index]) ? _suffixes[index].Length : 0;
}
