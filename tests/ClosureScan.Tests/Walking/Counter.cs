using ClosureScan.Walking;

namespace ClosureScan.Tests.Walking;

/// <summary>Counts events and allocates nothing.</summary>
internal sealed class Counter : IContentVisitor
{
    public int Directories { get; private set; }

    public int Symlinks { get; private set; }

    public int Files { get; private set; }

    public long Bytes { get; private set; }

    public void Directory(in ContentEntry entry) => Directories++;

    public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset) => Symlinks++;

    public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset)
    {
    }

    public void FileData(ReadOnlySpan<byte> data) => Bytes += data.Length;

    public void EndFile(in FileView file) => Files++;
}
