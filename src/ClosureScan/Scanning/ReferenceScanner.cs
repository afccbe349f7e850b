using ClosureScan.Paths;

namespace ClosureScan.Scanning;

/// <summary>
/// Searches one stream for the hashes of a <see cref="ReferenceSet"/>, as Nix does (src/libstore/references.cc):
/// the bare 32 characters anywhere, every overlapping window, across chunk boundaries.
/// One scanner serves one stream at a time, on one thread; <see cref="Reset"/> starts the next.
/// </summary>
public sealed class ReferenceScanner
{
    private readonly byte[] _carry = new byte[2 * (StorePathHash.Length - 1)];
    private int _carried;

    /// <summary>Makes a scanner for <paramref name="references"/>.</summary>
    public ReferenceScanner(ReferenceSet references)
    {
        ArgumentNullException.ThrowIfNull(references);
        References = references;
    }

    /// <summary>What is searched for.</summary>
    public ReferenceSet References { get; }

    /// <summary>Bytes scanned since the last <see cref="Reset"/>.</summary>
    public long Position { get; private set; }

    /// <summary>Forgets the stream so far: the next byte is at offset 0 and no hash reaches across.</summary>
    public void Reset()
    {
        _carried = 0;
        Position = 0;
    }

    /// <summary>Scans the next bytes of the stream; every occurrence that ends in them is told to <paramref name="sink"/> once.</summary>
    public void Scan<TSink>(ReadOnlySpan<byte> chunk, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        const int Tail = StorePathHash.Length - 1;
        int joined = Math.Min(Tail, chunk.Length);
        chunk[..joined].CopyTo(_carry.AsSpan(_carried));
        if (_carried > 0)
        {
            Search(_carry.AsSpan(0, _carried + joined), Position - _carried, ref sink);
        }

        Search(chunk, Position, ref sink);
        Position += chunk.Length;
        if (chunk.Length >= Tail)
        {
            chunk[^Tail..].CopyTo(_carry);
            _carried = Tail;
        }
        else
        {
            int length = _carried + joined;
            int kept = Math.Min(Tail, length);
            _carry.AsSpan(length - kept, kept).CopyTo(_carry);
            _carried = kept;
        }
    }

    private void Search<TSink>(ReadOnlySpan<byte> bytes, long offset, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        for (int start = 0; start + StorePathHash.Length <= bytes.Length; start++)
        {
            if (StorePathHash.TryParse(bytes.Slice(start, StorePathHash.Length), out StorePathHash hash)
                && References.TryGetIndex(hash, out int index))
            {
                sink.OnReference(index, offset + start);
            }
        }
    }
}
