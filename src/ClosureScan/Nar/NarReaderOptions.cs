namespace ClosureScan.Nar;

/// <summary>How a NAR is read.</summary>
internal sealed record NarReaderOptions
{
    /// <summary>What <c>new NarReaderOptions()</c> gives.</summary>
    public static NarReaderOptions Default { get; } = new();

    /// <summary>Whether to compute the SHA-256 of the archive while it passes. Off: it costs more than all the rest of reading.</summary>
    public bool ComputeHash { get; init; }
}
