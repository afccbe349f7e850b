using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ClosureScan.Analysis.Baselines;

/// <summary>
/// One line of a baseline: a finding, and in how many places of the closure it is. Two versions of a package have one key and are two
/// places; a third is a new finding. As text <c>foreign-reference curl bin/curl-config gcc-wrapper x2</c>, without the count where it is 1; for
/// the files that the evidence does not name, <c>foreign-reference curl +69 gcc-wrapper</c>.
/// </summary>
/// <param name="Key">The finding.</param>
/// <param name="Count">How many places, or how many unnamed files; at least 1.</param>
public sealed record BaselineEntry(BaselineKey Key, long Count)
{
    /// <summary>Reads the text of an entry. False when it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out BaselineEntry? entry)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] fields = text.Split(' ');
        string? count = null;
        if (fields.Length == 5 && fields[4].StartsWith('x') && fields[2] != BaselineKey.OtherFiles)
        {
            count = fields[4][1..];
            fields = fields[..4];
        }
        else if (fields.Length == 4 && fields[2].StartsWith('+'))
        {
            count = fields[2][1..];
            fields[2] = BaselineKey.OtherFiles;
        }

        long number = 1;
        entry = BaselineKey.TryParse(string.Join(' ', fields), out BaselineKey? key)
            && (count is null || (long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0))
                ? new BaselineEntry(key, number)
                : null;
        return entry is not null;
    }

    /// <summary>The line.</summary>
    public override string ToString()
    {
        string number = Count.ToString(CultureInfo.InvariantCulture);
        return Key.File == BaselineKey.OtherFiles
            ? (Key with { File = BaselineKey.OtherFiles + number }).ToString()
            : Count == 1 ? Key.ToString() : $"{Key} x{number}";
    }
}
