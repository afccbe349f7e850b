namespace ClosureScan.Evidence;

/// <summary>A hit in a file, and what its line says. Beyond the first so many of a file, one stands for all that say the same.</summary>
internal struct FileHit
{
    /// <summary>Which target, as <see cref="FileHits"/> numbers them.</summary>
    public required int Slot;

    /// <summary>Where the hash begins, in bytes from the start of what is searched.</summary>
    public required long Offset;

    /// <summary>How many hits this one stands for.</summary>
    public long Count;

    /// <summary>How the line uses the path.</summary>
    public Usage Usage;

    /// <summary>What follows the path.</summary>
    public string? SubPath;

    /// <summary>The line and column, right when the file is text.</summary>
    public TextPosition Position;

    /// <summary>Where the bytes of the context begin among those that <see cref="FileHits"/> keeps.</summary>
    public int ContextStart;

    /// <summary>How many they are; 0 when there was no room for them.</summary>
    public int ContextLength;
}
