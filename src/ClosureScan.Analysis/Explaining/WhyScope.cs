namespace ClosureScan.Analysis.Explaining;

/// <summary>How much of the way to a path is explained.</summary>
internal enum WhyScope
{
    /// <summary>A shortest chain to each target, or the shortest few.</summary>
    Shortest,

    /// <summary>Every reference that lies on some chain from a root to a target.</summary>
    AllChains,

    /// <summary>The references to the targets themselves.</summary>
    Referrers,
}
