using System.Globalization;
using System.Text;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Findings;

/// <summary>The fields of a key as text: a space separates fields and a line feed keys, so neither is in one; nor does one begin like a mark.</summary>
internal static class KeyText
{
    /// <summary>The field for a package.</summary>
    public static string OfPackage(StorePath path) => Escape(PackageNames.Of(path));

    /// <summary>The field for a file of a path; null is a file that is not known, and the empty name the path itself.</summary>
    public static string OfFile(string? file, StorePath path) => file switch
    {
        null => OccurrenceKey.NoFile,
        "" => ".",
        _ => Escape(StableFileName.Of(file, path)),
    };

    /// <summary>Any other field.</summary>
    public static string Escape(string field)
    {
        if (field.Length == 0)
        {
            return "\\x00";
        }

        bool isMark = field[0] is '+' or '?' or '#';
        if (!isMark && !field.Any(NeedsEscape))
        {
            return field;
        }

        StringBuilder escaped = new(field.Length + 8);
        for (int i = 0; i < field.Length; i++)
        {
            if (NeedsEscape(field[i]) || (i == 0 && isMark))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\x{(int)field[i]:X2}");
            }
            else
            {
                escaped.Append(field[i]);
            }
        }

        return escaped.ToString();
    }

    private static bool NeedsEscape(char character) => character <= ' ' || character == '\x7F' || char.IsWhiteSpace(character);
}
