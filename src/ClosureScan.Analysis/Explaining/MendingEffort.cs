using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Explaining;

/// <summary>How few edges hold what the build machine left in a closure. Immutable.</summary>
/// <param name="EdgeCount">The edges of the cut.</param>
/// <param name="FreedBytes">What they free.</param>
/// <param name="FirstEdgeCount">Those that hold the largest tree that leaves.</param>
/// <param name="FirstFreedBytes">What these free.</param>
/// <param name="IsWhole">Whether the cut frees all that is of the build side.</param>
internal sealed record MendingEffort(int EdgeCount, long FreedBytes, int FirstEdgeCount, long FirstFreedBytes, bool IsWhole)
{
    /// <summary>Whether the largest tree is not all there is.</summary>
    public bool HasMore => FirstEdgeCount < EdgeCount;

    /// <summary>The effort of a report; null when nothing leaves by edits.</summary>
    public static MendingEffort? Of(ClosureReport report)
    {
        ClosureCut cut = report.Cut();
        return cut.Edits.IsEmpty || report.Groups.FirstOrDefault(group => group is { Target: not null, IsKept: false }) is not { } largest
            ? null
            : new MendingEffort(cut.Edits.Length, cut.FreedBytes, largest.Findings.Length, largest.FreedBytes, cut.FreedBytes >= report.ForeignSize);
    }
}
