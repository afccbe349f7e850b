namespace ClosureScan.Walking;

/// <summary>How a tree is walked.</summary>
internal sealed record WalkOptions
{
    /// <summary>What <c>new WalkOptions()</c> gives.</summary>
    public static WalkOptions Default { get; } = new();

    /// <summary>Whether to compute the SHA-256 of the tree's NAR. Off: it costs more than all the rest of a walk.</summary>
    public bool ComputeNarHash { get; init; }

    /// <summary>
    /// Told what could not be read from disk; the walk then goes on without it. Null, the default: the first such
    /// problem is thrown as an <see cref="IOException"/>, so that nothing is lost by oversight.
    /// A malformed NAR always ends its walk with an exception, for nothing behind the error can be trusted.
    /// </summary>
    public Action<ScanProblem>? OnProblem { get; init; }
}
