using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Reports;

/// <summary>What every report says of a group of findings.</summary>
internal static class GroupText
{
    /// <summary>The bytes that stand in front of it: those of the tree that it holds.</summary>
    public static long Bytes(FindingGroup group) => Math.Max(group.TreeBytes, group.FreedBytes);

    /// <summary>What has to let go of the tree.</summary>
    /// <param name="group">A group that holds one.</param>
    /// <param name="isJudged">Whether a policy may have accepted what holds it.</param>
    /// <param name="others">How the other groups are called that hold it as well.</param>
    public static string Release(FindingGroup group, bool isJudged, IEnumerable<string> others)
    {
        string own = group.HolderCount switch
        {
            1 => "it lets go",
            2 => "both let go",
            var count => $"all {count} let go",
        };
        string beside = string.Join(", ", others);
        return group.IsKept ? $"stays: something that is no finding{(isJudged ? ", or is accepted," : "")} holds it, too"
            : beside.Length > 0 ? $"freed when {own}, and {beside} too"
            : $"freed when {own}";
    }
}
