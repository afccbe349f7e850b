namespace ClosureScan.Analysis.Policy;

/// <summary>How a budget fared.</summary>
internal enum BudgetState
{
    /// <summary>The closure keeps to it.</summary>
    Kept,

    /// <summary>The closure exceeds it.</summary>
    Exceeded,

    /// <summary>It could not be judged, which is never a pass.</summary>
    NotJudged,
}
