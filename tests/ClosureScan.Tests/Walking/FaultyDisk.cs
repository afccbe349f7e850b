using System.Text;
using ClosureScan.Walking.Disk;

namespace ClosureScan.Tests.Walking;

/// <summary>
/// A disk in memory: one root directory with files that may fail, shrink or grow at will. What real disks do only by chance, or
/// only to those who are not root.
/// </summary>
internal sealed class FaultyDisk : DiskReader
{
    private readonly SortedDictionary<string, Item> _items = new(StringComparer.Ordinal);
    private Item _open = new(DiskNodeKind.File);

    /// <summary>Directories and files that are open.</summary>
    public int Open { get; private set; }

    /// <summary>Puts a file or something else into the root.</summary>
    public FaultyDisk With(string name, Item item)
    {
        _items.Add(name, item);
        return this;
    }

    public override byte[] RootName(string path) => [0];

    public override string? Identify(int depth, ReadOnlySpan<byte> name, out DiskNodeKind kind)
    {
        kind = depth == 0 ? DiskNodeKind.Directory : Of(name).Kind;
        return null;
    }

    public override string? OpenDirectory(int depth, ReadOnlySpan<byte> name, DirectoryNames names)
    {
        names.Clear();
        if (depth > 0)
        {
            return Of(name).Problem ?? "No directories here";
        }

        Open++;
        foreach ((string item, Item what) in _items.Reverse())
        {
            names.Add(Encoding.UTF8.GetBytes(item), what.Kind);
        }

        return null;
    }

    public override void CloseDirectory(int depth) => Open--;

    public override string? ReadLink(int depth, ReadOnlySpan<byte> name, Span<byte> target, out int length)
    {
        length = Math.Min(Of(name).Length, target.Length);
        target[..length].Fill((byte)'t');
        return Of(name).Problem;
    }

    public override string? OpenFile(int depth, ReadOnlySpan<byte> name, out long length, out bool executable)
    {
        _open = Of(name);
        length = _open.Length;
        executable = false;
        Open += _open.Problem is null ? 1 : 0;
        return _open.Problem;
    }

    public override string? ReadFile(long offset, Span<byte> destination, out int count)
    {
        count = (int)Math.Clamp(_open.RealLength - offset, 0, destination.Length);
        destination[..count].Fill((byte)'x');
        bool fails = offset + destination.Length > _open.FailsAt;
        count = fails ? 0 : count;
        return fails ? "Input/output error" : null;
    }

    public override void CloseFile() => Open--;

    public override void Dispose()
    {
    }

    private Item Of(ReadOnlySpan<byte> name) => _items[Encoding.UTF8.GetString(name[..^1])];

    /// <summary>Something in the root directory.</summary>
    internal sealed record Item(DiskNodeKind Kind)
    {
        /// <summary>What its status says.</summary>
        public int Length { get; init; }

        /// <summary>What reading it gives.</summary>
        public int RealLength { get; init; }

        /// <summary>Why it can not be opened.</summary>
        public string? Problem { get; init; }

        /// <summary>From which byte on it can not be read.</summary>
        public long FailsAt { get; init; } = long.MaxValue;

        /// <summary>A file that has the length it says.</summary>
        public static Item File(int length) => new(DiskNodeKind.File) { Length = length, RealLength = length };

        /// <summary>A file that has another length than it says.</summary>
        public static Item Changed(int length, int realLength) => new(DiskNodeKind.File) { Length = length, RealLength = realLength };
    }
}
