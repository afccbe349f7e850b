using ClosureScan.Paths;

namespace ClosureScan.Stores.Wire;

/// <summary>A conversation with what knows a store. Blocks; one thread at a time. After any failure it is of no use.</summary>
internal interface IPeerConnection : IDisposable
{
    /// <summary>What the store knows of the closure of a path, as far as it is not known yet; nothing where it does not have the path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isKnown">Whether a path need not be asked for.</param>
    IEnumerable<PathInfo> FindClosure(StorePath path, Func<StorePath, bool> isKnown);

    /// <summary>Begins to read a NAR.</summary>
    /// <param name="path">Whose.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="whenClosed">Told how many of its bytes were not read; when there are none, the conversation can go on.</param>
    PeerNarStream OpenNar(StorePath path, long length, Action<long> whenClosed);

    /// <summary>A failure in words.</summary>
    StoreException Explain(Exception exception, string location);
}
