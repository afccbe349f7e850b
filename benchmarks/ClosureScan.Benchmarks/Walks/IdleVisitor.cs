using ClosureScan.Walking;

namespace ClosureScan.Benchmarks.Walks;

/// <summary>Does nothing but count, so that what is left is the walk itself.</summary>
internal sealed class IdleVisitor : IContentVisitor
{
    public long Bytes { get; private set; }

    public void Directory(in ContentEntry entry)
    {
    }

    public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset)
    {
    }

    public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset)
    {
    }

    public void FileData(ReadOnlySpan<byte> data) => Bytes += data.Length;

    public void EndFile(in FileView file)
    {
    }
}
