using System.Buffers;
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
    // A window that reaches across a boundary has this many digits on either side at most.
    private const int MaxCarried = StorePathHash.Length - 1;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789abcdfghijklmnpqrsvwxyz"u8);

    private readonly ScanKernel _kernel;

    // The digits that end the stream so far come first, those that begin the next chunk are put behind them.
    private readonly byte[] _joint = new byte[2 * MaxCarried];
    private int _carried;

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
        _carried = 0;
        Position = 0;
    }

    /// <summary>Scans the next bytes of the stream; every occurrence that ends in them is told to <paramref name="sink"/> once.</summary>
    public void Scan<TSink>(ReadOnlySpan<byte> chunk, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        if (_carried > 0)
        {
            int joined = LeadingDigits(chunk);
            chunk[..joined].CopyTo(_joint.AsSpan(_carried));
            ScanKernels.Search(_kernel, _joint.AsSpan(0, _carried + joined), Position - _carried, References, ref sink);
            Carry(chunk, _carried + joined);
        }
        else
        {
            Carry(chunk, 0);
        }

        ScanKernels.Search(_kernel, chunk, Position, References, ref sink);
        Position += chunk.Length;
    }

    /// <summary>
    /// Scans a stream that is all in <paramref name="bytes"/>, from offset 0, and leaves the scanner as after <see cref="Reset"/>.
    /// For the many small files of a store: it spares the bookkeeping of chunks.
    /// </summary>
    public void ScanWhole<TSink>(ReadOnlySpan<byte> bytes, ref TSink sink)
        where TSink : IReferenceSink, allows ref struct
    {
        Reset();
        ScanKernels.Search(_kernel, bytes, 0, References, ref sink);
    }

    /// <summary>Keeps the digits that end the stream; <paramref name="joint"/> is how many lie in the joint when the chunk is all digits.</summary>
    private void Carry(ReadOnlySpan<byte> chunk, int joint)
    {
        int trailing = TrailingDigits(chunk);
        if (trailing < chunk.Length || trailing == MaxCarried)
        {
            chunk[^trailing..].CopyTo(_joint);
            _carried = trailing;
        }
        else
        {
            // A chunk shorter than 31 bytes, all digits: it prolongs the run before it.
            if (joint == 0)
            {
                chunk.CopyTo(_joint);
                joint = chunk.Length;
            }

            _carried = Math.Min(joint, MaxCarried);
            _joint.AsSpan(joint - _carried, _carried).CopyTo(_joint);
        }
    }

    private static int LeadingDigits(ReadOnlySpan<byte> chunk)
    {
        ReadOnlySpan<byte> head = chunk[..Math.Min(chunk.Length, MaxCarried)];
        int other = head.IndexOfAnyExcept(Digits);
        return other < 0 ? head.Length : other;
    }

    private static int TrailingDigits(ReadOnlySpan<byte> chunk)
    {
        ReadOnlySpan<byte> tail = chunk[^Math.Min(chunk.Length, MaxCarried)..];
        return tail.Length - 1 - tail.LastIndexOfAnyExcept(Digits);
    }
}
