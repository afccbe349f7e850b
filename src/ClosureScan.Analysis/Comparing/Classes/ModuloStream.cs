using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClosureScan.Analysis.Comparing.Fingerprints;
using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Analysis.Comparing.Classes;

/// <summary>
/// Takes the NAR of a path and hashes what Nix would make of it: whole paths of other store objects by what they have become, the path's own
/// hash blanked wherever it stands (Nix: make-content-addressed.cc, references.cc). Write only.
/// </summary>
internal sealed class ModuloStream : Stream
{
    private const int WindowSize = 1024 * 1024;
    private const int Lookahead = StorePathHash.Length + ReferenceNames.MaxNameLength;

    private readonly ReferenceNames _names;
    private readonly ReferenceScanner _scanner;
    private readonly int _self;
    private readonly Func<int, StorePath?> _become;
    private readonly byte[] _directory;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<long> _places = [];
    private readonly byte[] _window;

    // The window's first bytes are hashed already: what may stand before a hash is looked at once more.
    private int _hashed;
    private int _filled;
    private long _start;

    /// <summary>Begins a path.</summary>
    /// <param name="names">The closure's paths.</param>
    /// <param name="self">The path itself: its index among them.</param>
    /// <param name="become">What another path has become, by its index; null for one that stays.</param>
    public ModuloStream(ReferenceNames names, int self, Func<int, StorePath?> become)
    {
        (_names, _self, _become) = (names, self, become);
        _scanner = new ReferenceScanner(names.Set);
        _directory = Encoding.UTF8.GetBytes(names.Paths[self].StoreDirectory + "/");
        _window = new byte[WindowSize + Lookahead + _directory.Length];
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _start + _filled;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int count = Math.Min(buffer.Length, _window.Length - _filled);
            buffer[..count].CopyTo(_window.AsSpan(_filled));
            _filled += count;
            buffer = buffer[count..];
            if (_filled == _window.Length)
            {
                Consume(_filled - Lookahead);
            }
        }
    }

    /// <summary>The hash of all that was written.</summary>
    public NarHash Finish(ClassAlgorithm algorithm)
    {
        Consume(_filled);
        foreach (long place in algorithm == ClassAlgorithm.NarModuloWithPositions ? _places : [])
        {
            _hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"|{place}")));
        }

        Span<byte> bytes = stackalloc byte[NarHash.Length];
        _hash.GetHashAndReset(bytes);
        return new NarHash(bytes);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Consume(int limit)
    {
        List<(int Target, int Offset)> found = [];
        Sink sink = new(found);
        _scanner.ScanWhole(_window.AsSpan(0, _filled), ref sink);
        int end = limit;
        foreach ((int target, int offset) in found)
        {
            if (offset >= _hashed && offset < limit)
            {
                Rewrite(target, offset);
                end = Math.Max(end, offset + StorePathHash.Length);
            }
        }

        _hash.AppendData(_window, _hashed, end - _hashed);
        int kept = Math.Min(end, _directory.Length);
        _window.AsSpan(end - kept, _filled - end + kept).CopyTo(_window);
        _start += end - kept;
        _filled -= end - kept;
        _hashed = kept;
    }

    private void Rewrite(int target, int offset)
    {
        Span<byte> hash = _window.AsSpan(offset, StorePathHash.Length);
        if (target == _self)
        {
            hash.Clear();
            _places.Add(_start + offset);
        }
        else if (_become(target) is { } other
            && _names.NameLength(target, _window.AsSpan(offset + StorePathHash.Length, _filled - offset - StorePathHash.Length)) > 0
            && _window.AsSpan(0, offset).EndsWith(_directory))
        {
            other.Hash.CopyTo(hash);
        }
    }

    private readonly struct Sink(List<(int Target, int Offset)> found) : IReferenceSink
    {
        public void OnReference(int index, long offset) => found.Add((index, (int)offset));
    }
}
