using System.Text;
using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Evidence;

/// <summary>
/// Numbers the store paths that are spelled out and whose hash is not among those searched for. A scrubbed path is none of them: one with letters in its
/// hash that no hash has (<c>eeee…</c>, capitals), and one with the hash of a declared path backwards.
/// </summary>
internal sealed class UndeclaredPaths(ReferenceSet declared, RemarkBook remarks)
{
    /// <summary>More than any path names; of a hostile one the first so many are told.</summary>
    public const int MaxPaths = 4_096;

    /// <summary>What <see cref="IndexOf"/> gives for a path that is declared, or none.</summary>
    public const int IsNone = -1;

    /// <summary>What <see cref="IndexOf"/> gives for a scrubbed path.</summary>
    public const int IsScrubbed = -2;

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

    /// <summary>The hash of a numbered path.</summary>
    public StorePathHash HashOf(int index) => _paths[index].Hash;

    /// <summary>The name of a numbered path.</summary>
    public string NameOf(StorePathHash hash) => _paths[_indices[hash]].Name;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _indices.Clear();
        _paths.Clear();
    }
}
