using System.Collections.Immutable;
using System.Text;
using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Evidence;

/// <summary>
/// Keeps account of the store paths that a <see cref="StorePathFinder"/> finds written out in full and whose hash is not among those
/// searched for. A scrubbed path is none of them and is kept apart: one with letters in its hash that no hash has (<c>eeee…</c>, capitals),
/// and one with the hash of a declared path backwards.
/// </summary>
internal sealed class UndeclaredPaths(ReferenceSet declared, ScanOptions options, RemarkBook remarks) : IStorePathSink
{
    /// <summary>More than any path names; of a hostile one the first so many are told.</summary>
    private const int MaxPaths = 4_096;

    private readonly StorePathFinder _finder = new();
    private readonly Dictionary<StorePathHash, int> _indices = [];
    private readonly List<(StorePathHash Hash, string Name)> _paths = [];

    /// <summary>The hits.</summary>
    public HitLedger Ledger { get; } = new(MaxPaths, options);

    /// <summary>The hits on scrubbed paths, all of one target: no one can tell what they were.</summary>
    public HitLedger Scrubbed { get; } = new(1, options);

    /// <summary>Begins a file, or another text.</summary>
    public void Begin() => _finder.Reset();

    /// <summary>Searches the next bytes.</summary>
    public void Take(ReadOnlySpan<byte> chunk)
    {
        UndeclaredPaths sink = this;
        _finder.Scan(chunk, ref sink);
    }

    /// <summary>Searches the last bytes.</summary>
    public void Complete()
    {
        UndeclaredPaths sink = this;
        _finder.Complete(ref sink);
    }

    /// <inheritdoc/>
    public void OnStorePath(StorePathHash hash, ReadOnlySpan<byte> name, long offset)
    {
        if (declared.TryGetIndex(hash, out _))
        {
            return;
        }

        if (!_indices.TryGetValue(hash, out int index))
        {
            if (declared.TryGetIndex(ScrubbedHash.Reverse(hash), out _))
            {
                Scrubbed.Sink.OnReference(0, offset);
                return;
            }

            if (_paths.Count == MaxPaths)
            {
                remarks.Add(ScanRemarkKind.UndeclaredBounded);
                return;
            }

            index = _paths.Count;
            _indices.Add(hash, index);
            _paths.Add((hash, Encoding.ASCII.GetString(name).TrimEnd('.')));
        }

        Ledger.Sink.OnReference(index, offset);
    }

    /// <inheritdoc/>
    public void OnScrubbedPath(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> name, long offset) => Scrubbed.Sink.OnReference(0, offset);

    /// <summary>What was found since the last call, sorted by hash.</summary>
    public ImmutableArray<FoundReference> Drain()
    {
        ImmutableArray<FoundReference> found =
        [
            .. Ledger.Drain(index => _paths[index].Hash)
                .Select(reference => reference with { Name = _paths[_indices[reference.Target]].Name })
                .OrderBy(static reference => reference.Target),
        ];
        _indices.Clear();
        _paths.Clear();
        return found;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Ledger.Clear();
        Scrubbed.Clear();
        _indices.Clear();
        _paths.Clear();
    }
}
