using System.Text.RegularExpressions;

namespace ClosureScan.Analysis.Comparing.Texts;

/// <summary>C headers: macros and types by their names, the other declarations as lines.</summary>
internal static partial class HeaderText
{
    /// <summary>What a macro is that a header names only to say that there is none.</summary>
    public const string Undefined = "undefined";

    public static FieldedText Read(string text)
    {
        FieldedText fielded = new();
        foreach (string line in TextKind.Logical(text))
        {
            if (Define().Match(line) is { Success: true } define)
            {
                fielded.Add(define.Groups[1].Value, define.Groups[2].Value.Length == 0 ? "defined" : define.Groups[2].Value);
            }
            else if (Undef().Match(line) is { Success: true } undefined)
            {
                fielded.Add(undefined.Groups[1].Value, Undefined);
            }
            else if (Typedef().Match(line) is { Success: true } type)
            {
                fielded.Add(type.Groups[2].Value, type.Groups[1].Value);
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                fielded.Lines.Add(line);
            }
        }

        return fielded;
    }

    [GeneratedRegex(@"^\s*#\s*define\s+(\w+(?:\([^)]*\))?)\s*(.*?)\s*(?:/\*.*)?$")]
    private static partial Regex Define();

    [GeneratedRegex(@"^\s*(?:/\*)?\s*#\s*undef\s+(\w+)")]
    private static partial Regex Undef();

    [GeneratedRegex(@"^\s*typedef\s+([^;{}()]+?)\s*\b(\w+)\s*;")]
    private static partial Regex Typedef();
}
