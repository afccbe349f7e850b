using System.Collections.Immutable;

namespace ClosureScan.Analysis.Leaks;

/// <summary>The side that a path is put on.</summary>
/// <param name="Side">The side.</param>
/// <param name="Because">Why, for people.</param>
/// <param name="Explained">The kind but for which the path would be foreign; null when there is none.</param>
internal sealed record PathClassification(PathSide Side, string Because, LegitimateKind? Explained = null)
{
    /// <summary>What its files are built for, most files first.</summary>
    public ImmutableArray<string> Platforms { get; init; } = [];

    /// <summary>Its code, judged file by file.</summary>
    public PathCode Code { get; init; } = PathCode.None;
}
