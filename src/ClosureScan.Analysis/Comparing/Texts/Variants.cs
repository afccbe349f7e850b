namespace ClosureScan.Analysis.Comparing.Texts;

/// <summary>The values of a name that a text gives more than one, for different machines say: one after the other, as many as there are.</summary>
internal static class Variants
{
    public const string Separator = " | ";

    /// <summary>The values that differ, each once; all of them where their numbers do.</summary>
    public static (string? Cross, string? Native) Difference(string? cross, string? native)
    {
        string[]? left = cross?.Split(Separator);
        string[]? right = native?.Split(Separator);
        if (left is null || right is null || left.Length != right.Length)
        {
            return (cross, native);
        }

        int[] differing = [.. Enumerable.Range(0, left.Length).Where(index => left[index] != right[index])];
        return (Join(differing.Select(index => left[index])), Join(differing.Select(index => right[index])));
    }

    private static string Join(IEnumerable<string> values) => string.Join(Separator, values.Distinct());
}
