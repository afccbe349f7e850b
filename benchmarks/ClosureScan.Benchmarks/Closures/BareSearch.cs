using ClosureScan.Scanning;
using ClosureScan.Walking;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>The floor of a scan: the same walk and the same search of contents, names and symlinks, and of what is found only the number.</summary>
internal sealed class BareSearch(ReferenceSet references) : IContentVisitor, IReferenceSink
{
    private readonly ReferenceScanner _scanner = new(references);

    /// <summary>How many references were found.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public void OnReference(int index, long offset) => Count++;

    /// <inheritdoc/>
    public void Directory(in ContentEntry entry) => Search(entry.Name);

    /// <inheritdoc/>
    public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset)
    {
        Search(entry.Name);
        Search(target);
    }

    /// <inheritdoc/>
    public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset)
    {
        Search(entry.Name);
        _scanner.Reset();
    }

    /// <inheritdoc/>
    public void FileData(ReadOnlySpan<byte> data)
    {
        BareSearch sink = this;
        _scanner.Scan(data, ref sink);
    }

    /// <inheritdoc/>
    public void EndFile(in FileView file)
    {
    }

    private void Search(ReadOnlySpan<byte> text)
    {
        if (text.Length >= Paths.StorePathHash.Length)
        {
            BareSearch sink = this;
            _scanner.ScanWhole(text, ref sink);
        }
    }
}
