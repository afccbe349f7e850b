namespace ClosureScan.Analysis.Policy;

/// <summary>The closure of a root before and now.</summary>
/// <param name="Root">The root's package name.</param>
/// <param name="Before">Its closure size in the baseline, in bytes.</param>
/// <param name="Now">Its closure size, in bytes.</param>
internal sealed record SizeChange(string Root, long Before, long Now)
{
    /// <summary>The change in a sentence.</summary>
    public override string ToString() => Now <= Before
        ? $"The closure of {Root} has {SizeText.Format(Before - Now)} less than in the baseline: {SizeText.Format(Now)} of {SizeText.Format(Before)}."
        : $"The closure of {Root} has {SizeText.Format(Now - Before)} more than in the baseline: {SizeText.Format(Now)}, of {SizeText.Format(Before)}.";
}
