using System.Collections.Concurrent;
using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Wire;

/// <summary>
/// A store behind a conversation. Who asks about a path mostly wants its closure, so that is asked for at once: over a line of 50 ms one
/// path after the other makes twenty a second. Each NAR that is open has a connection of its own; idle ones are kept.
/// </summary>
internal class PeerStore<TConnection> : IDerivationStore
    where TConnection : class, IPeerConnection
{
    private readonly Func<TConnection> _connect;
    private readonly string? _contents;
    private readonly ConcurrentBag<TConnection> _idle = [];
    private readonly ConcurrentDictionary<StorePath, PathInfo?> _known = [];
    private readonly Lock _asking = new();
    private long _bytes;

    /// <summary>Opens a store, and greets its peer.</summary>
    /// <param name="location">Its name in messages.</param>
    /// <param name="directory">The directory that its paths name.</param>
    /// <param name="connect">Makes a connection.</param>
    /// <param name="contents">Where its files lie on this machine; null where they do not.</param>
    /// <exception cref="StoreException">Nobody answers, or not as expected.</exception>
    public PeerStore(string location, string directory, Func<TConnection> connect, string? contents)
    {
        Location = location;
        Directory = directory;
        _connect = connect;
        _contents = contents is not null && System.IO.Directory.Exists(contents) ? contents : null;
        _idle.Add(connect());
    }

    public string Directory { get; }

    public string Location { get; }

    /// <summary>Bytes of NARs that came from the peer so far.</summary>
    public long BytesFetched => Interlocked.Read(ref _bytes);

    public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        cancellationToken.ThrowIfCancellationRequested();
        if (_known.TryGetValue(path, out PathInfo? info))
        {
            return new(info);
        }

        lock (_asking)
        {
            if (!_known.TryGetValue(path, out info))
            {
                foreach (PathInfo found in Ask(connection => connection.FindClosure(path, _known.ContainsKey).ToList(), cancellationToken))
                {
                    _known[found.Path] = found;
                }

                info = _known.GetOrAdd(path, (PathInfo?)null);
            }
        }

        return new(info);
    }

    public IEnumerable<StorePath> DerivationsOf(PathInfo info) => info.Deriver is null || _contents is null ? [] : [info.Deriver];

    public ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(info);
        cancellationToken.ThrowIfCancellationRequested();
        if (_contents is not null && Path.Combine(_contents, info.Path.BaseName) is var place && (Path.Exists(place) || new FileInfo(place).LinkTarget is not null))
        {
            return new(StoreContents.OnDisk(place, $"Repair it with: nix-store --repair-path {info.Path}"));
        }

        long length = info.NarSize ?? throw new StoreException($"{Location} does not tell the size of {info.Path}, so the end of its NAR is not to be found.");
        TConnection connection = Take();
        CancellationTokenRegistration hangUp = cancellationToken.Register(connection.Dispose);
        try
        {
            PeerNarStream nar = connection.OpenNar(info.Path, length, left =>
            {
                Interlocked.Add(ref _bytes, length - left);
                hangUp.Dispose();
                PutBack(connection, left == 0 && !cancellationToken.IsCancellationRequested);
            });
            return new(StoreContents.Nar(nar, narSize: length, narHash: info.NarHash, advice: $"Repair it there with: nix-store --repair-path {info.Path}"));
        }
        catch (Exception exception) when (PeerFailure.Is(exception))
        {
            hangUp.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            StoreException failure = connection.Explain(exception, Location);
            connection.Dispose();
            throw failure;
        }
    }

    public ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out TConnection? connection))
        {
            connection.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Asks something over a connection of its own.</summary>
    /// <exception cref="StoreException">It fails.</exception>
    protected TResult Ask<TResult>(Func<TConnection, TResult> ask, CancellationToken cancellationToken)
    {
        TConnection connection = Take();
        bool answered = false;
        try
        {
            using CancellationTokenRegistration hangUp = cancellationToken.Register(connection.Dispose);
            TResult answer = ask(connection);
            answered = true;
            return answer;
        }
        catch (Exception exception) when (PeerFailure.Is(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw connection.Explain(exception, Location);
        }
        finally
        {
            PutBack(connection, answered && !cancellationToken.IsCancellationRequested);
        }
    }

    private TConnection Take() => _idle.TryTake(out TConnection? connection) ? connection : _connect();

    private void PutBack(TConnection connection, bool isGood)
    {
        if (isGood)
        {
            _idle.Add(connection);
        }
        else
        {
            connection.Dispose();
        }
    }
}
