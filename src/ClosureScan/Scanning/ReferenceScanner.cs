using ClosureScan.Paths;
using ClosureScan.Scanning.Kernels;

namespace ClosureScan.Scanning;

/// <summary>
/// Searches one stream for the hashes of a <see cref="ReferenceSet"/>, as Nix does (src/libstore/references.cc):
/// the bare 32 characters anywhere, every overlapping window, across chunk boundaries.
/// One scanner serves one stream at a time, on one thread; <see cref="Reset"/> starts the next. Nothing is allocated after
/// construction.
/// </summary>
public sealed class ReferenceScanner
{
    private readonly ScanKernel _kernel;

    // The last byte of a hash is the last that is needed to tell it.
    private readonly RollingWindow _window = new(before: 0, after: StorePathHash.Length - 1);

    /// <summary>Makes a scanner for <paramref name="references"/>.</summary>
    /// <exception cref="PlatformNotSupportedException">The variable CLOSURESCAN_KERNEL asks for a kernel that this machine cannot run.</exception>
    public ReferenceScanner(ReferenceSet references)
        : this(references, ScanKernels.Default)
    {
    }

    internal ReferenceScanner(ReferenceSet references, ScanKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(references);
        References = references;
        _kernel = kernel;
    }

    /// <summary>What is searched for.</summary>
    public ReferenceSet References { get; }

    /// <summary>Bytes scanned since the last <see cref="Reset"/>.</summary>
    public long Position { get; private set; }

    /// <summary>Forgets the stream so far: the next byte is at offset 0 and no hash reaches across.</summary>
    public void Reset()
    {
        _window.Begin();
        Position = 0;
    }

    /// <summary>Scans the next bytes of the stream; every occurrence that ends in them is told to <paramref name="sink"/> once.</summary>
    public void Scan<TSink>(ReadOnlySpan<byte> chunk, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        HashSearch<TSink> search = new() { Kernel = _kernel, References = References, Sink = sink };
        _window.Take(chunk, ref search);
        sink = search.Sink;
        Position += chunk.Length;
    }

    /// <summary>
    /// Scans a stream that is all in <paramref name="bytes"/>, from offset 0, and leaves the scanner as after <see cref="Reset"/>.
    /// For the many small files of a store: it spares the bookkeeping of chunks.
    /// </summary>
    internal void ScanWhole<TSink>(ReadOnlySpan<byte> bytes, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        Reset();
        ScanKernels.Search(_kernel, bytes, 0, References, ref sink);
    }

    // A sink may be a ref struct, to which nothing can refer: it is moved in and out.
    private ref struct HashSearch<TSink> : IWindowSearch
        where TSink : IReferenceSink, allows ref struct
    {
        public required ScanKernel Kernel;
        public required ReferenceSet References;
        public required TSink Sink;

        public void Search(in StreamWindow window) =>
            ScanKernels.Search(Kernel, window.Reach(StorePathHash.Length), window.OffsetOf(window.Start), References, ref Sink);
    }
}
