namespace ClosureScan.Analysis.Policy;

/// <summary>Finds the name that somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary>What to say about an unknown name: the nearest known one, if one is near, and all of them.</summary>
    public static string Suggest(string name, IReadOnlyCollection<string> known)
    {
        string all = $"Known here: {string.Join(", ", known)}.";
        return Find(name, known) is { } nearest ? $"Did you mean \"{nearest}\"? {all}" : all;
    }

    /// <summary>The nearest known name; null when none is near.</summary>
    public static string? Find(string name, IReadOnlyCollection<string> known) =>
        known.MinBy(candidate => Distance(name, candidate)) is { } nearest && Distance(name, nearest) is var distance && distance < name.Length && distance <= Math.Max(2, name.Length / 3) ? nearest : null;

    /// <summary>Levenshtein's distance: the fewest insertions, deletions and replacements.</summary>
    public static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
