using System.Text;
using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Evidence;

/// <summary>
/// Numbers the store paths that are spelled out and whose hash is not among those searched for. A scrubbed path is none of them: one with letters in its
/// hash that no hash has (<c>eeee…</c>, capitals), and one with the hash of a declared path backwards.
/// </summary>
internal sealed class UndeclaredPaths(ReferenceSet declared, string storeDirectory, RemarkBook remarks)
{
    /// <summary>More than any path names; of a hostile one the first so many are told.</summary>
    public const int MaxPaths = 4_096;

    /// <summary>More than the largest image has.</summary>
    private const int MaxEntries = 100_000;

    /// <summary>What <see cref="IndexOf"/> gives for a path that is declared, or none.</summary>
    public const int IsNone = -1;

    /// <summary>What <see cref="IndexOf"/> gives for a scrubbed path.</summary>
    public const int IsScrubbed = -2;

    private readonly byte[] _store = Encoding.UTF8.GetBytes(storeDirectory.TrimStart('/') + "/");
    private readonly HashSet<StorePathHash> _entries = [];
    private readonly Dictionary<StorePathHash, int> _indices = [];
    private readonly List<(StorePathHash Hash, string Name)> _paths = [];

    /// <summary>The number of a path, or why it has none.</summary>
    /// <param name="digits">Its hash, or what stands in its place.</param>
    /// <param name="name">Its name.</param>
    public int IndexOf(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> name)
    {
        if (!StorePathHash.TryParse(digits, out StorePathHash hash))
        {
            return ScrubbedHash.Is(digits) ? IsScrubbed : IsNone;
        }

        if (declared.TryGetIndex(hash, out _))
        {
            return IsNone;
        }

        if (_indices.TryGetValue(hash, out int index))
        {
            return index;
        }

        if (declared.TryGetIndex(ScrubbedHash.Reverse(hash), out _))
        {
            return IsScrubbed;
        }

        if (_paths.Count == MaxPaths)
        {
            remarks.Add(ScanRemarkKind.UndeclaredBounded);
            return IsNone;
        }

        _indices.Add(hash, _paths.Count);
        _paths.Add((hash, Encoding.ASCII.GetString(name).TrimEnd('.')));
        return _paths.Count - 1;
    }

    /// <summary>Takes note of an entry of a container: what lies in its store, or in a file system that is one, is there and so not undeclared.</summary>
    public void NoteEntry(ReadOnlySpan<byte> path)
    {
        path = path.StartsWith(_store) ? path[_store.Length..] : path;
        if (path.Length > StorePathHash.Length + 1 && path[StorePathHash.Length] == '-'
            && path.IndexOf((byte)'/') is < 0 or > StorePathHash.Length + 1
            && _entries.Count < MaxEntries && StorePathHash.TryParse(path[..StorePathHash.Length], out StorePathHash hash))
        {
            _entries.Add(hash);
        }
    }

    /// <summary>Whether a container has an entry of that hash.</summary>
    public bool IsEntry(StorePathHash hash) => _entries.Contains(hash);

    /// <summary>The hash of a numbered path.</summary>
    public StorePathHash HashOf(int index) => _paths[index].Hash;

    /// <summary>The name of a numbered path.</summary>
    public string NameOf(StorePathHash hash) => _paths[_indices[hash]].Name;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _indices.Clear();
        _paths.Clear();
        _entries.Clear();
    }
}
