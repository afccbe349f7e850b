using System.Buffers;
using System.Text;
using ClosureScan.Nar;
using ClosureScan.Paths;
using ClosureScan.Walking.Disk;

namespace ClosureScan.Walking;

/// <summary>
/// Reads one part of a tree on disk. A file that cannot be read as it was planned makes the part <see cref="IsBroken"/>: who reads the whole tree
/// in one go can tell what is wrong.
/// </summary>
internal sealed class PartReader(TreePart part, DiskReader disk) : TreeReader, IFileBytes
{
    private readonly FileChunks _chunks = new(disk);
    private readonly byte[] _root = Encoding.UTF8.GetBytes(part.Root);
    private byte[] _name = new byte[512];
    private int _next;
    private bool _isOpen;

    /// <summary>Whether something could not be read as planned.</summary>
    public bool IsBroken { get; private set; }

    public override NarEntryKind Kind => _next == 0 ? NarEntryKind.None : _next > part.Entries.Count ? NarEntryKind.EndOfArchive : Entry.Kind;

    public override ReadOnlySpan<byte> Path => Entry.Path;

    public override ReadOnlySpan<byte> Name => Entry.Path.AsSpan(Entry.Path.Length - Entry.NameLength);

    public override long NameOffset => Entry.NameOffset;

    public override long Length => Entry.Length;

    public override bool IsExecutable => Entry.IsExecutable;

    public override long ContentsOffset => Entry.ValueOffset;

    public override ReadOnlySpan<byte> Target => Entry.Target;

    public override long TargetOffset => Entry.ValueOffset;

    public override long Position => 0;

    public override NarHash? Hash => null;

    private TreePart.Entry Entry => part.Entries[_next - 1];

    public override ValueTask<NarEntryKind> ReadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CloseFile();
        _next = IsBroken ? part.Entries.Count + 1 : Math.Min(_next + 1, part.Entries.Count + 1);
        if (Kind == NarEntryKind.File)
        {
            OpenFile();
        }

        return new(Kind);
    }

    public override ValueTask<ReadOnlySequence<byte>> ReadContentsAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_isOpen)
        {
            return default;
        }

        ReadOnlyMemory<byte> chunk = _chunks.Read(out string? problem);
        IsBroken |= problem is not null;
        return new(new ReadOnlySequence<byte>(chunk));
    }

    public int Read(long offset, Span<byte> destination) => disk.Read(offset, destination);

    protected override void Dispose(bool disposing)
    {
        CloseFile();
        _chunks.Dispose();
        disk.Dispose();
    }

    // By its whole path: the directories that lead there are open in the plan alone.
    private void OpenFile()
    {
        ReadOnlySpan<byte> path = Entry.Path;
        int length = _root.Length + (path.IsEmpty ? 0 : 1) + path.Length;
        if (_name.Length <= length)
        {
            _name = new byte[2 * length];
        }

        _root.CopyTo(_name, 0);
        if (!path.IsEmpty)
        {
            _name[_root.Length] = (byte)'/';
            path.CopyTo(_name.AsSpan(_root.Length + 1));
        }

        _name[length] = 0;
        _isOpen = disk.OpenFile(0, _name.AsSpan(0, length + 1), out long actual, out _) is null;
        IsBroken |= !_isOpen || actual != Entry.Length;
        _chunks.Begin(Entry.Length);
    }

    private void CloseFile()
    {
        if (_isOpen)
        {
            _isOpen = false;
            disk.CloseFile();
        }
    }
}
