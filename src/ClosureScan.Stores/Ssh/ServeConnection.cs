using System.Collections.Immutable;
using ClosureScan.Paths;
using ClosureScan.Stores.Wire;

namespace ClosureScan.Stores.Ssh;

/// <summary>
/// Speaks Nix's serve protocol (Nix: src/libstore/serve-protocol.hh) at version 2.7 with <c>nix-store --serve</c>: a whole closure's metadata
/// in two round trips. It has no errors: a program that cannot answer ends. Blocks; one thread at a time. Owns its peer.
/// </summary>
internal sealed class ServeConnection : IPeerConnection
{
    private const ulong ClientMagic = 0x390c9deb;
    private const ulong ServerMagic = 0x5452eecb;
    private const int Major = 2;
    private const int NewestMinor = 7;
    private const int OldestMinor = 4;

    private const ulong QueryPathInfos = 2;
    private const ulong DumpStorePath = 3;
    private const ulong QueryClosure = 7;

    private const int MostPaths = 10_000_000;
    private const int MostText = 64 * 1024;

    private readonly IPeer _peer;
    private readonly StorePathPool _paths;
    private readonly WireReader _reader;
    private readonly WireWriter _writer;

    private ServeConnection(IPeer peer, StorePathPool paths)
    {
        _peer = peer;
        _paths = paths;
        _reader = new WireReader(peer.Input);
        _writer = new WireWriter(peer.Output);
    }

    /// <summary>Greets the program.</summary>
    /// <exception cref="StoreException">It is not what it should be.</exception>
    public static ServeConnection Open(IPeer peer, StorePathPool paths, string location)
    {
        ServeConnection connection = new(peer, paths);
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

    /// <summary>Asks for the names, and then for all that is not known yet. Of a path that is not there the program would end, so that is asked first.</summary>
    public IEnumerable<PathInfo> FindClosure(StorePath path, Func<StorePath, bool> isKnown)
    {
        List<PathInfo> own = Find([path.ToString()]);
        if (own.Count == 0)
        {
            return [];
        }

        _writer.Write(QueryClosure).Write(0).Write([path.ToString()]).Flush();
        List<string> others = [.. _reader.ReadTexts(MostPaths, MostText).Where(other => other != path.ToString() && !isKnown(Parse(other)))];
        return others.Count == 0 ? own : [.. own, .. Find(others)];
    }

    /// <summary>Begins to read a NAR. The stream ends behind the length told; the connection is free again when it is read to there.</summary>
    public PeerNarStream OpenNar(StorePath path, long length, Action<long> whenClosed)
    {
        _writer.Write(DumpStorePath).Write(path.ToString()).Flush();
        return new PeerNarStream(_reader, length, _ => _peer.LastWords is { } words ? WireText.OneLine(words) : null, whenClosed);
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
        if (version >> 8 != Major || (version & 0xff) < OldestMinor)
        {
            throw new WireException($"its protocol is {version >> 8}.{version & 0xff}, and 2.{OldestMinor} is the oldest that is known (Nix 2.0)");
        }
    }

    private List<PathInfo> Find(IReadOnlyCollection<string> paths)
    {
        _writer.Write(QueryPathInfos).Write(paths).Flush();
        List<PathInfo> infos = [];
        while (_reader.ReadText(MostText) is { Length: > 0 } path)
        {
            string deriver = _reader.ReadText(MostText);
            List<string> references = _reader.ReadTexts(MostPaths, MostText);
            _reader.ReadNumber();
            ulong size = _reader.ReadNumber();
            string hash = _reader.ReadText(MostText);
            string contentAddress = _reader.ReadText(MostText);
            List<string> signatures = _reader.ReadTexts(MostPaths, MostText);
            ImmutableArray<StorePath>.Builder parsed = ImmutableArray.CreateBuilder<StorePath>(references.Count);
            parsed.AddRange(references.Select(Parse));
            infos.Add(new PathInfo
            {
                Path = Parse(path),
                Deriver = deriver.Length == 0 ? null : Parse(deriver),
                NarHash = NarHash.TryParse(hash, out NarHash read) ? read : throw new WireException($"the hash \"{WireText.OneLine(hash)}\" of {WireText.OneLine(path)} is no SHA-256"),
                NarSize = size is > 0 and <= long.MaxValue ? (long)size : null,
                References = PathInfoBuilding.Sorted(parsed),
                Signatures = [.. signatures],
                ContentAddress = contentAddress.Length == 0 ? null : contentAddress,
            });
        }

        return infos;
    }

    private StorePath Parse(string text) => _paths.TryGet(text, out StorePath? path)
        ? path
        : throw new WireException($"it names \"{WireText.OneLine(text)}\", which is no path of {_paths.StoreDirectory}");
}
