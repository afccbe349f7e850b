using ClosureScan.Media;

namespace ClosureScan.Analysis.Policy;

/// <summary>The closure of a root before and now.</summary>
/// <param name="Root">The root's package name.</param>
/// <param name="Before">Its closure size in the baseline, in bytes.</param>
/// <param name="Now">Its closure size, in bytes.</param>
internal sealed record SizeChange(string Root, long Before, long Now)
{
    /// <summary>The change in a sentence.</summary>
    public override string ToString() => Now <= Before
        ? $"The closure of {Root} has {ByteText.Of(Before - Now)} less than in the baseline: {ByteText.Of(Now)} of {ByteText.Of(Before)}."
        : $"The closure of {Root} has {ByteText.Of(Now - Before)} more than in the baseline: {ByteText.Of(Now)}, of {ByteText.Of(Before)}.";
}
