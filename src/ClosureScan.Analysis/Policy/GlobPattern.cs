using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace ClosureScan.Analysis.Policy;

/// <summary>
/// A glob over names and over paths inside a store path, whole and case-sensitive: <c>?</c> is one character, <c>*</c> any
/// number of them, neither of them a slash; <c>**</c> crosses slashes, and <c>**/</c> may stand for nothing at all. Any other character is
/// itself. Matching is linear in the text, whatever the pattern. Immutable.
/// </summary>
public sealed class GlobPattern
{
    private readonly Regex _regex;

    private GlobPattern(string text)
    {
        Text = text;

        // NonBacktracking: a pattern of a hundred stars cannot hang the gate.
        _regex = new Regex(ToRegex(text), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern. False for an empty one, which would match nothing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out GlobPattern? pattern)
    {
        pattern = string.IsNullOrEmpty(text) ? null : new GlobPattern(text);
        return pattern is not null;
    }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is empty.</exception>
    public static GlobPattern Parse(string text) =>
        TryParse(text, out GlobPattern? pattern) ? pattern : throw new FormatException("An empty glob matches nothing.");

    /// <summary>Whether the pattern covers the whole of <paramref name="text"/>.</summary>
    public bool IsMatch(string text) => _regex.IsMatch(text);

    /// <summary>The pattern as it was written.</summary>
    public override string ToString() => Text;

    private static string ToRegex(string glob)
    {
        StringBuilder regex = new("\\A");
        for (int i = 0; i < glob.Length; i++)
        {
            if (glob.AsSpan(i).StartsWith("**/") && (i == 0 || glob[i - 1] == '/'))
            {
                regex.Append("(?:.*/)?");
                i += 2;
            }
            else if (glob.AsSpan(i).StartsWith("**"))
            {
                regex.Append(".*");
                i++;
            }
            else
            {
                regex.Append(glob[i] switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    _ => Regex.Escape(glob[i].ToString()),
                });
            }
        }

        return regex.Append("\\z").ToString();
    }
}
