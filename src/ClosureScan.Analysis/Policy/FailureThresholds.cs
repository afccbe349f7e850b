using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Policy;

/// <summary>Compares effects with thresholds.</summary>
internal static class FailureThresholds
{
    public static bool IsReachedBy(this FailureThreshold threshold, Effect effect) => threshold switch
    {
        FailureThreshold.Bloats => true,
        FailureThreshold.Breaks => effect == Effect.Breaks,
        _ => false,
    };
}
