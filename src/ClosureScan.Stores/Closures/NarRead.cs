using ClosureScan.Nar;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Closures;

/// <summary>What came of reading a NAR to the end of its stream.</summary>
internal readonly record struct NarRead
{
    /// <summary>What was found; null when the NAR is malformed or cut off.</summary>
    public PathScan? Scan { get; init; }

    /// <summary>Why the NAR is malformed.</summary>
    public NarFormatException? Malformed { get; init; }

    /// <summary>How many bytes the stream had, those behind the NAR included.</summary>
    public long Length { get; init; }

    /// <summary>Their SHA-256; null when it was not asked for.</summary>
    public NarHash? Hash { get; init; }

    /// <summary>Whether there were more bytes than claimed; these were not read.</summary>
    public bool IsTooLong { get; init; }

    /// <summary>Why the stream could not be read to its end.</summary>
    public Exception? Failure { get; init; }
}
