namespace ClosureScan.Analysis.Graph;

/// <summary>Which of several minimum cuts to take. Both answers are unique.</summary>
internal enum CutPreference
{
    /// <summary>The one nearest to the roots: of all minimum cuts it frees the most bytes.</summary>
    FreeMost,

    /// <summary>The one nearest to the targets: of all minimum cuts it takes the least else with it.</summary>
    FreeLeast,
}
