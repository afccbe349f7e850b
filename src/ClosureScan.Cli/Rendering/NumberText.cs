using System.Globalization;

namespace ClosureScan.Cli.Rendering;

/// <summary>Numbers of findings as a reader writes them, and a command takes them: <c>1-3,7</c>.</summary>
internal static class NumberText
{
    /// <summary>The numbers, runs of three and more as a range.</summary>
    public static string Of(IEnumerable<int> numbers)
    {
        List<string> parts = [];
        int[] sorted = [.. numbers.Order()];
        for (int i = 0; i < sorted.Length;)
        {
            int end = i;
            while (end + 1 < sorted.Length && sorted[end + 1] == sorted[end] + 1)
            {
                end++;
            }

            parts.Add(end - i >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{sorted[i]}-{sorted[end]}") : string.Join(",", sorted[i..(end + 1)]));
            i = end + 1;
        }

        return string.Join(",", parts);
    }

    /// <summary>Reads such a text. False when it is none.</summary>
    public static bool TryParse(string text, out Func<int, bool> isMeant)
    {
        List<(int First, int Last)> ranges = [];
        isMeant = number => ranges.Exists(range => range.First <= number && number <= range.Last);
        foreach (string part in text.Split(','))
        {
            int dash = part.IndexOf('-', StringComparison.Ordinal);
            if (!TryRead(dash < 0 ? part : part[..dash], out int first) || !TryRead(dash < 0 ? part : part[(dash + 1)..], out int last))
            {
                return false;
            }

            ranges.Add((first, last));
        }

        return true;
    }

    private static bool TryRead(string text, out int number) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
