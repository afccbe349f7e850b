using System.Buffers;
using System.Text;
using ClosureScan.Paths;

namespace ClosureScan.Scanning;

/// <summary>
/// Finds every store path that a stream spells out, <c>/nix/store/&lt;32 base-32 digits&gt;-&lt;name&gt;</c>, without a set of known hashes
/// and across chunk boundaries, and apart from them those whose hash was scrubbed. A bare hash is for <see cref="ReferenceScanner"/>.
/// One finder serves one stream at a time, on one thread: <see cref="Scan"/> for each chunk, <see cref="Complete"/> at the
/// end, <see cref="Reset"/> for the next stream. Nothing is allocated after construction.
/// </summary>
public sealed class StorePathFinder
{
    // The hash, a dash and the longest name.
    private const int MaxBaseName = StorePathHash.Length + 1 + StorePath.MaxNameLength;

    private static readonly SearchValues<byte> NameCharacters =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-._?="u8);

    private readonly byte[] _prefix;

    // What the stream ends with, from the first byte on at which a path may begin that is not decided yet; and room to decide it.
    private readonly byte[] _joint;
    private int _carried;

    /// <summary>Makes a finder for paths in <paramref name="storeDirectory"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="storeDirectory"/> is not absolute, or ends in a slash.</exception>
    public StorePathFinder(string storeDirectory = StorePath.DefaultStoreDirectory)
    {
        ArgumentNullException.ThrowIfNull(storeDirectory);
        if (!storeDirectory.StartsWith('/') || storeDirectory.EndsWith('/'))
        {
            throw new ArgumentException($"\"{storeDirectory}\" is no store directory: expected an absolute path without a slash at its end.", nameof(storeDirectory));
        }

        StoreDirectory = storeDirectory;
        _prefix = Encoding.UTF8.GetBytes(storeDirectory + "/");
        _joint = new byte[2 * MaxLength];
    }

    /// <summary>The directory whose paths are found.</summary>
    public string StoreDirectory { get; }

    /// <summary>Bytes scanned since the last <see cref="Reset"/>.</summary>
    public long Position { get; private set; }

    private int MaxLength => _prefix.Length + MaxBaseName;

    /// <summary>Forgets the stream so far: the next byte is at offset 0 and no path reaches across.</summary>
    public void Reset()
    {
        _carried = 0;
        Position = 0;
    }

    /// <summary>
    /// Scans the next bytes of the stream. A path is told to <paramref name="sink"/> once its end has been seen: a byte
    /// that belongs to no name, or the longest name.
    /// </summary>
    public void Scan<TSink>(ReadOnlySpan<byte> chunk, ref TSink sink)
        where TSink : IStorePathSink, allows ref struct
    {
        long offset = Position;
        Position += chunk.Length;
        if (_carried > 0)
        {
            // As much of the chunk as a path can need that begins before it.
            int carried = _carried;
            int joined = carried + Math.Min(chunk.Length, MaxLength);
            chunk[..(joined - carried)].CopyTo(_joint.AsSpan(carried));
            int undecided = Find(_joint.AsSpan(0, joined), carried, offset - carried, isEnd: false, ref sink);
            if (undecided < carried)
            {
                // Then all of the chunk lies in the joint.
                _carried = joined - undecided;
                _joint.AsSpan(undecided, _carried).CopyTo(_joint);
                return;
            }
        }

        ReadOnlySpan<byte> rest = chunk[Find(chunk, chunk.Length, offset, isEnd: false, ref sink)..];
        rest.CopyTo(_joint);
        _carried = rest.Length;
    }

    /// <summary>The stream has ended: a path that its last byte belongs to is told now.</summary>
    public void Complete<TSink>(ref TSink sink)
        where TSink : IStorePathSink, allows ref struct
    {
        Find(_joint.AsSpan(0, _carried), _carried, Position - _carried, isEnd: true, ref sink);
        _carried = 0;
    }

    /// <summary>Tells the paths that begin before <paramref name="limit"/>.</summary>
    /// <returns>The first place before it at which a path may begin that more bytes have to decide; the limit when there is none.</returns>
    private int Find<TSink>(ReadOnlySpan<byte> bytes, int limit, long offset, bool isEnd, ref TSink sink)
        where TSink : IStorePathSink, allows ref struct
    {
        int position = 0;
        while (true)
        {
            int found = bytes[position..].IndexOf(_prefix);
            if (found < 0)
            {
                return isEnd ? limit : Math.Min(limit, PartialPrefix(bytes, position));
            }

            int start = position + found;
            if (start >= limit)
            {
                return limit;
            }

            position = start + 1;
            int hashStart = start + _prefix.Length;
            ReadOnlySpan<byte> baseName = bytes[hashStart..];
            int digits = LeadingLetters(baseName);
            int nameLength = 0;
            bool isOpen = digits == baseName.Length;
            if (digits == StorePathHash.Length && !isOpen && baseName[digits] == '-')
            {
                ReadOnlySpan<byte> name = baseName[(digits + 1)..];
                name = name[..Math.Min(name.Length, StorePath.MaxNameLength)];
                nameLength = name.IndexOfAnyExcept(NameCharacters);
                isOpen = nameLength < 0 && name.Length < StorePath.MaxNameLength;
                nameLength = nameLength < 0 ? name.Length : nameLength;
            }

            if (isOpen && !isEnd)
            {
                return start;
            }

            if (nameLength == 0)
            {
                continue;
            }

            // Neither a digit nor a character of names begins the prefix.
            position = hashStart + digits + 1 + nameLength;
            ReadOnlySpan<byte> pathName = baseName.Slice(digits + 1, nameLength);
            if (StorePathHash.TryParse(baseName[..digits], out StorePathHash hash))
            {
                sink.OnStorePath(hash, pathName, offset + hashStart);
            }
            else if (ScrubbedHash.Is(baseName[..digits]))
            {
                sink.OnScrubbedPath(baseName[..digits], pathName, offset + hashStart);
            }
        }
    }

    // Where the bytes end in a beginning of the prefix, not before the given place.
    private int PartialPrefix(ReadOnlySpan<byte> bytes, int from)
    {
        int start = Math.Max(from, bytes.Length - _prefix.Length + 1);
        while (start < bytes.Length && !_prefix.AsSpan().StartsWith(bytes[start..]))
        {
            start++;
        }

        return start;
    }

    // Digits of hashes, and whatever else a tool may have put in their place.
    private static int LeadingLetters(ReadOnlySpan<byte> bytes)
    {
        int most = Math.Min(bytes.Length, StorePathHash.Length);
        int count = 0;
        while (count < most && char.IsAsciiLetterOrDigit((char)bytes[count]))
        {
            count++;
        }

        return count;
    }
}
