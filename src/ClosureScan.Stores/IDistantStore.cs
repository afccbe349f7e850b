namespace ClosureScan.Stores;

/// <summary>A store that answers after a while, so that more questions than there are processors should be under way.</summary>
internal interface IDistantStore : IStore
{
    /// <summary>How many questions about paths at once.</summary>
    int QueriesAtOnce { get; }

    /// <summary>How many contents may be open at once. As many are scanned as there are jobs; the others are on their way.</summary>
    int ReadsAtOnce { get; }

    /// <summary>Whether contents can be left off in the middle at little cost; over a conversation that is a connection each.</summary>
    bool LeavesOff { get; }

    /// <summary>Bytes that came over the network so far, compressed where they came so.</summary>
    long BytesFetched { get; }
}
