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
    private readonly StorePathPattern _pattern;
    private readonly RollingWindow _window;

    /// <summary>Makes a finder for paths in <paramref name="storeDirectory"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="storeDirectory"/> is not absolute, or ends in a slash, or has more than 255 bytes.</exception>
    public StorePathFinder(string storeDirectory = StorePath.DefaultStoreDirectory)
    {
        _pattern = new StorePathPattern(storeDirectory);
        _window = new RollingWindow(StorePathPattern.MaxPrefix, StorePathPattern.MaxBaseName);
        StoreDirectory = storeDirectory;
    }

    /// <summary>The directory whose paths are found.</summary>
    public string StoreDirectory { get; }

    /// <summary>Bytes scanned since the last <see cref="Reset"/>.</summary>
    public long Position { get; private set; }

    /// <summary>Forgets the stream so far: the next byte is at offset 0 and no path reaches across.</summary>
    public void Reset()
    {
        _window.Begin();
        Position = 0;
    }

    /// <summary>
    /// Scans the next bytes of the stream. A path is told to <paramref name="sink"/> once as many bytes of it and behind it are there as the
    /// longest would have: 244.
    /// </summary>
    public void Scan<TSink>(ReadOnlySpan<byte> chunk, ref TSink sink)
        where TSink : IStorePathSink, allows ref struct
    {
        PathSearch<TSink> search = new() { Pattern = _pattern, Sink = sink };
        _window.Take(chunk, ref search);
        sink = search.Sink;
        Position += chunk.Length;
    }

    /// <summary>The stream has ended: the paths among its last bytes are told now.</summary>
    public void Complete<TSink>(ref TSink sink)
        where TSink : IStorePathSink, allows ref struct
    {
        PathSearch<TSink> search = new() { Pattern = _pattern, Sink = sink };
        _window.End(ref search);
        sink = search.Sink;
    }

    // A sink may be a ref struct, to which nothing can refer: it is moved in and out.
    private ref struct PathSearch<TSink> : IWindowSearch
        where TSink : IStorePathSink, allows ref struct
    {
        public required StorePathPattern Pattern;
        public required TSink Sink;

        public void Search(in StreamWindow window)
        {
            for (int from = window.Start; Pattern.TryFind(window.Bytes, from, window.End, out SpelledPath found); from = found.Next)
            {
                ReadOnlySpan<byte> digits = window.Bytes.Slice(found.Hash, StorePathHash.Length);
                ReadOnlySpan<byte> name = window.Bytes.Slice(found.Name, found.NameLength);
                if (StorePathHash.TryParse(digits, out StorePathHash hash))
                {
                    Sink.OnStorePath(hash, name, window.OffsetOf(found.Hash));
                }
                else if (ScrubbedHash.Is(digits))
                {
                    Sink.OnScrubbedPath(digits, name, window.OffsetOf(found.Hash));
                }
            }
        }
    }
}
