using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Analysis.Comparing.Fingerprints;

/// <summary>
/// Digests one content after the other, blanking the hashes in it: the generalised form of Nix's hash modulo (src/libstore/references.cc),
/// for every reference and not for the path itself alone. One thread; its buffers serve all contents.
/// </summary>
internal sealed class ReferenceBlanker : IDisposable
{
    /// <summary>The bytes that a reference may still need when a piece ends: its hash and the name behind.</summary>
    private const int Lookahead = StorePathHash.Length + ReferenceNames.MaxNameLength;

    private readonly ReferenceNames _names;
    private readonly ReferenceScanner _scanner;
    private readonly IncrementalHash _bare = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<(int Target, long Offset)> _found = [];
    private readonly List<int> _targets = [];
    private readonly List<long> _bareOffsets = [];
    private readonly List<long> _namedOffsets = [];
    private IncrementalHash? _named;
    private byte[] _window = [];
    private int _carried;
    private long _position;
    private long _namedPosition;
    private bool _isBegun;

    public ReferenceBlanker(ReferenceNames names)
    {
        _names = names;
        _scanner = new ReferenceScanner(names.Set);
    }

    private static ReadOnlySpan<byte> Blank => "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"u8;

    /// <summary>Digests a content that is all there.</summary>
    public ContentDigest Digest(ReadOnlySpan<byte> content)
    {
        if (content.Length < StorePathHash.Length || !Find(content))
        {
            Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(content, bytes);
            Digest digest = new(bytes);
            return new ContentDigest(digest, digest, []);
        }

        _isBegun = true;
        Consume(content, content.Length);
        return Finish();
    }

    /// <summary>Adds the next piece of a content that comes in pieces.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        _isBegun = true;
        int length = _carried + piece.Length;
        if (_window.Length < length)
        {
            Array.Resize(ref _window, Math.Max(length, 2 * _window.Length));
        }

        piece.CopyTo(_window.AsSpan(_carried));
        ReadOnlySpan<byte> window = _window.AsSpan(0, length);
        Find(window);
        int consumed = Consume(window, Math.Max(0, length - Lookahead));
        window[consumed..].CopyTo(_window);
        _carried = length - consumed;
    }

    /// <summary>Ends a content that came in pieces.</summary>
    public ContentDigest End()
    {
        ReadOnlySpan<byte> rest = _window.AsSpan(0, _carried);
        Find(rest);
        Consume(rest, rest.Length);
        _carried = 0;
        return Finish();
    }

    /// <summary>Forgets a content that did not come to its end.</summary>
    public void Reset()
    {
        if (_isBegun)
        {
            _carried = 0;
            Finish();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bare.Dispose();
        _named?.Dispose();
    }

    private bool Find(ReadOnlySpan<byte> window)
    {
        _found.Clear();
        FoundSink sink = new(_found);
        _scanner.ScanWhole(window, ref sink);
        return _found.Count > 0;
    }

    /// <summary>Digests the window up to <paramref name="limit"/>, or to the end of the reference that lies across it, and tells how far.</summary>
    private int Consume(ReadOnlySpan<byte> window, int limit)
    {
        int bare = 0;
        int named = 0;
        foreach ((int target, long offset) in _found)
        {
            int at = (int)offset;
            if (at >= limit)
            {
                break;
            }

            // A run of more than 32 digits may hold two overlapping hashes; the first is taken, as by whoever replaces one after the other.
            if (at < bare)
            {
                continue;
            }

            Add(_bare, window[bare..at]);
            Add(_bare, Blank);
            bare = at + StorePathHash.Length;
            _targets.Add(target);
            _bareOffsets.Add(_position + at);
            int name = _names.NameLength(target, window[bare..]);
            if (_named is null && name > 0)
            {
                // Until the first name both are the same.
                _named = _bare.Clone();
                _namedOffsets.AddRange(_bareOffsets);
                _namedPosition = _position + bare;
                named = bare + name;
            }
            else if (_named is not null && at >= named)
            {
                Add(_named, window[named..at]);
                Add(_named, Blank);
                _namedOffsets.Add(_namedPosition + at - named);
                _namedPosition += at - named + StorePathHash.Length;
                named = bare + name;
            }
        }

        // Both go on from one byte, so that nothing but the positions has to be kept.
        int end = Math.Max(limit, Math.Max(bare, named));
        Add(_bare, window[bare..end]);
        if (_named is not null)
        {
            Add(_named, window[named..end]);
            _namedPosition += end - named;
        }

        _position += end;
        return end;
    }

    private ContentDigest Finish()
    {
        Digest bare = Close(_bare, _bareOffsets);
        Digest named = _named is null ? bare : Close(_named, _namedOffsets);
        _named?.Dispose();
        _named = null;
        ImmutableArray<int> targets = [.. _targets];
        _targets.Clear();
        (_position, _namedPosition, _isBegun) = (0, 0, false);
        return new ContentDigest(bare, named, targets);
    }

    /// <summary>The offsets come behind the bytes, as Nix has it: a blanked hash is another content than 32 zeros.</summary>
    private static Digest Close(IncrementalHash hash, List<long> offsets)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (long offset in offsets)
        {
            bytes[0] = (byte)'|';
            BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], offset);
            hash.AppendData(bytes[..9]);
        }

        offsets.Clear();
        hash.GetHashAndReset(bytes);
        return new Digest(bytes);
    }

    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            hash.AppendData(bytes);
        }
    }

    private readonly struct FoundSink(List<(int Target, long Offset)> found) : IReferenceSink
    {
        public void OnReference(int index, long offset) => found.Add((index, offset));
    }
}
