namespace ClosureScan.Analysis.Policy;

/// <summary>
/// One <c>forbid</c> entry: references that no closure may have, whatever they are built for. It is about the edge that leads there:
/// references between two paths that both match are the consequence and not told.
/// </summary>
public sealed record ForbidEntry
{
    /// <summary>The packages that must not be referred to.</summary>
    public required GlobPattern Target { get; init; }

    /// <summary>The packages that must not refer to them; null for any.</summary>
    public GlobPattern? Package { get; init; }

    /// <summary>Why; it is told with each finding.</summary>
    public required string Reason { get; init; }

    /// <summary>Where the entry begins in its file, counted from 1; 0 when it comes from no file.</summary>
    public int Line { get; init; }
}
