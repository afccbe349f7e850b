using System.Collections.Immutable;
using System.Text;
using ClosureScan.Paths;
using ClosureScan.Stores.Wire;

namespace ClosureScan.Stores.Daemon;

/// <summary>
/// Speaks Nix's worker protocol (Nix: src/libstore/worker-protocol.hh) at version 1.35, without features: nothing that reads has changed
/// since, and Lix offers no other. After any failure the connection is of no use: whether it is in step is not to be told. Blocks; one
/// thread at a time. Owns its peer.
/// </summary>
internal sealed class WorkerConnection : IPeerConnection
{
    private const ulong ClientMagic = 0x6e697863;
    private const ulong ServerMagic = 0x6478696f;
    private const int Major = 1;
    private const int NewestMinor = 35;
    private const int OldestMinor = 18;

    private const ulong QueryAllValidPaths = 23;
    private const ulong QueryPathInfo = 26;
    private const ulong QueryPathFromHashPart = 29;
    private const ulong NarFromPath = 38;

    private const int MostPaths = 10_000_000;
    private const int MostText = 64 * 1024;

    /// <summary>How many bytes of questions go out before answers are read: both sides' buffers hold as much, so neither waits for the other.</summary>
    private const int MostInFlight = 32 * 1024;

    private readonly IPeer _peer;
    private readonly StorePathPool _paths;
    private readonly WireReader _reader;
    private readonly WireWriter _writer;
    private int _minor;

    private WorkerConnection(IPeer peer, StorePathPool paths)
    {
        _peer = peer;
        _paths = paths;
        _reader = new WireReader(peer.Input);
        _writer = new WireWriter(peer.Output);
    }

    /// <summary>Greets a daemon.</summary>
    /// <exception cref="StoreException">It is none, or too old.</exception>
    public static WorkerConnection Open(IPeer peer, StorePathPool paths, string location)
    {
        WorkerConnection connection = new(peer, paths);
        try
        {
            connection.Greet();
            return connection;
        }
        catch (Exception exception) when (PeerFailure.Is(exception))
        {
            StoreException failure = PeerFailure.Explain(exception, peer, location);
            connection.Dispose();
            throw failure;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A failure of this connection in words.</summary>
    public StoreException Explain(Exception exception, string location) => PeerFailure.Explain(exception, _peer, location);

    /// <summary>Walks the references, each layer of them in as few round trips as it takes.</summary>
    public IEnumerable<PathInfo> FindClosure(StorePath path, Func<StorePath, bool> isKnown)
    {
        HashSet<StorePath> seen = [path];
        List<PathInfo> found = [];
        for (List<StorePath> layer = [path]; layer.Count > 0;)
        {
            List<StorePath> next = [];
            foreach (PathInfo info in Find(layer).OfType<PathInfo>())
            {
                found.Add(info);
                next.AddRange((info.References ?? []).Where(reference => !isKnown(reference) && seen.Add(reference)));
            }

            layer = next;
        }

        return found;
    }

    /// <summary>What the daemon knows of some paths, in their order; null of those that it does not have.</summary>
    public PathInfo?[] Find(IReadOnlyList<StorePath> paths)
    {
        PathInfo?[] infos = new PathInfo?[paths.Count];
        int asked = 0;
        for (int answered = 0; answered < paths.Count;)
        {
            for (; asked < paths.Count && _writer.Waiting < MostInFlight; asked++)
            {
                _writer.Write(QueryPathInfo).Write(paths[asked].ToString());
            }

            _writer.Flush();
            for (; answered < asked; answered++)
            {
                DaemonFrames.SkipToAnswer(_reader, _minor);
                infos[answered] = _reader.ReadNumber() == 0 ? null : ReadInfo(paths[answered]);
            }
        }

        return infos;
    }

    /// <summary>The path of a hash; null when there is none.</summary>
    public StorePath? FindByHash(StorePathHash hash)
    {
        _writer.Write(QueryPathFromHashPart).Write(hash.ToString()).Flush();
        DaemonFrames.SkipToAnswer(_reader, _minor);
        string text = _reader.ReadText(MostText);
        return text.Length == 0 ? null : Parse(text);
    }

    /// <summary>Every path.</summary>
    public List<StorePath> List()
    {
        _writer.Write(QueryAllValidPaths).Flush();
        DaemonFrames.SkipToAnswer(_reader, _minor);
        return [.. _reader.ReadTexts(MostPaths, MostText).Select(Parse)];
    }

    /// <summary>Begins to read a NAR. The stream ends behind the length told; the connection is free again when it is read to there.</summary>
    public PeerNarStream OpenNar(StorePath path, long length, Action<long> whenClosed)
    {
        _writer.Write(NarFromPath).Write(path.ToString()).Flush();
        DaemonFrames.SkipToAnswer(_reader, _minor);
        return new PeerNarStream(_reader, length, tail => ErrorInside(tail), whenClosed);
    }

    public void Dispose() => _peer.Dispose();

    private void Greet()
    {
        _writer.Write(ClientMagic).Write((Major << 8) | NewestMinor).Flush();
        ulong magic = _reader.ReadNumber();
        if (magic != ServerMagic)
        {
            throw new WireException(Greeting.Unexpected(magic, _reader));
        }

        ulong version = _reader.ReadNumber();
        _minor = (int)Math.Min(version & 0xff, NewestMinor);
        if (version >> 8 != Major || _minor < OldestMinor)
        {
            throw new WireException($"its protocol is {version >> 8}.{version & 0xff}, and 1.{OldestMinor} is the oldest that is known (Nix 2.0)");
        }

        // Two numbers that once asked for a processor and reserved space.
        _writer.Write(0).Write(0).Flush();
        if (_minor >= 33)
        {
            _reader.ReadBytes(MostText);
        }

        if (_minor >= 35)
        {
            _reader.ReadNumber();
        }

        DaemonFrames.SkipToAnswer(_reader, _minor);
    }

    private PathInfo ReadInfo(StorePath path)
    {
        string deriver = _reader.ReadText(MostText);
        string hash = _reader.ReadText(MostText);
        List<string> references = _reader.ReadTexts(MostPaths, MostText);
        _reader.ReadNumber();
        ulong size = _reader.ReadNumber();
        _reader.ReadNumber();
        List<string> signatures = _reader.ReadTexts(MostPaths, MostText);
        string contentAddress = _reader.ReadText(MostText);
        ImmutableArray<StorePath>.Builder parsed = ImmutableArray.CreateBuilder<StorePath>(references.Count);
        parsed.AddRange(references.Select(Parse));
        return new PathInfo
        {
            Path = path,
            Deriver = deriver.Length == 0 ? null : Parse(deriver),
            NarHash = NarHash.TryParse(hash, out NarHash parsedHash) ? parsedHash : throw new WireException($"the hash \"{WireText.OneLine(hash)}\" of {path} is no SHA-256"),
            NarSize = size is > 0 and <= long.MaxValue ? (long)size : null,
            References = PathInfoBuilding.Sorted(parsed),
            Signatures = [.. signatures],
            ContentAddress = contentAddress.Length == 0 ? null : contentAddress,
        };
    }

    private StorePath Parse(string text) => _paths.TryGet(text, out StorePath? path)
        ? path
        : throw new WireException($"it names \"{WireText.OneLine(text)}\", which is no path of {_paths.StoreDirectory}");

    /// <summary>The daemon's error where a NAR ends too early: it sends it into the NAR.</summary>
    private string? ErrorInside(ReadOnlySpan<byte> tail)
    {
        ReadOnlySpan<byte> frame = [0x70, 0x74, 0x78, 0x63, 0, 0, 0, 0];
        int start = tail.IndexOf(frame);
        if (start < 0)
        {
            return null;
        }

        try
        {
            using MemoryStream bytes = new(tail[(start + frame.Length)..].ToArray());
            return DaemonFrames.ReadError(new WireReader(bytes), _minor);
        }
        catch (WireException)
        {
            return Encoding.UTF8.GetString(frame);
        }
    }
}
