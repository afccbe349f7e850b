using System.Collections.Immutable;

namespace ClosureScan.Evidence;

/// <summary>Gathers the remarks of one path: counts, and the first files of each kind.</summary>
internal sealed class RemarkBook
{
    private const int MaxFiles = 8;

    private static readonly ScanRemarkKind[] Kinds = Enum.GetValues<ScanRemarkKind>();

    private readonly long[] _counts = new long[Kinds.Length];
    private readonly List<string>[] _files = [.. Kinds.Select(static _ => new List<string>())];

    /// <summary>Takes a remark that is about no file.</summary>
    public void Add(ScanRemarkKind kind) => _counts[(int)kind]++;

    /// <summary>Takes a remark about a file.</summary>
    public void Add(ScanRemarkKind kind, ReadOnlySpan<byte> path)
    {
        Add(kind);
        if (_files[(int)kind].Count < MaxFiles)
        {
            _files[(int)kind].Add(PrintableText.From(path));
        }
    }

    /// <summary>The remarks since the last call, by kind.</summary>
    public ImmutableArray<ScanRemark> Drain()
    {
        ImmutableArray<ScanRemark> remarks =
        [
            .. Kinds.Where(kind => _counts[(int)kind] > 0)
                .Select(kind => new ScanRemark { Kind = kind, Count = _counts[(int)kind], Files = [.. _files[(int)kind]] }),
        ];
        Clear();
        return remarks;
    }

    /// <summary>The remarks on consecutive parts of a path, as those on the whole.</summary>
    public static ImmutableArray<ScanRemark> Join(IEnumerable<ScanRemark> parts) =>
    [
        .. parts.GroupBy(remark => remark.Kind).OrderBy(kind => kind.Key).Select(kind => new ScanRemark
        {
            Kind = kind.Key,
            Count = kind.Sum(remark => remark.Count),
            Files = [.. kind.SelectMany(remark => remark.Files).Take(MaxFiles)],
        }),
    ];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Array.ForEach(_files, static files => files.Clear());
    }
}
