namespace ClosureScan.Fleet.Ledgers;

/// <summary>What became of a NAR, or of the judgement of a root.</summary>
internal enum ItemState
{
    /// <summary>Nothing yet.</summary>
    Open,

    /// <summary>It was scanned, or judged.</summary>
    Done,

    /// <summary>It cannot be read, which is a result.</summary>
    Unreadable,

    /// <summary>It ended its worker again and again.</summary>
    Poison,
}
