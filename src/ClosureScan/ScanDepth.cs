namespace ClosureScan;

/// <summary>How much of a closure was read. What was not read cannot be called clean.</summary>
public enum ScanDepth
{
    /// <summary>Nothing but what the store claims: sizes and references. Sides follow from names.</summary>
    Metadata,

    /// <summary>Of each path the start, for its platform, and the whole of those that refer to a path of another platform or whose start leaves theirs open.</summary>
    Suspects,

    /// <summary>Every file of every path.</summary>
    Contents,

    /// <summary>Also what lies compressed, encoded or packed in the files.</summary>
    Deep,
}
