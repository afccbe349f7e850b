using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Baselines;

/// <summary>
/// A finding in one file: <c>foreign-reference curl bin/curl-config gcc-wrapper</c>. It holds neither hashes nor versions nor
/// offsets, so that it means the same on another machine and after an update. Two versions of one package in a closure share it,
/// and <see cref="BaselineEntry"/> counts them.
/// </summary>
/// <param name="Rule">The rule.</param>
/// <param name="Package">The package that holds it, with its output when that is not the first one.</param>
/// <param name="File">The file, normalised; <c>?</c> when the scan did not read files; <c>+</c> for all files beyond those that the evidence names.</param>
/// <param name="Target">What it is about: a package, a platform, an interpreter.</param>
public sealed record BaselineKey(LeakRule Rule, string Package, string File, string Target)
{
    /// <summary>What stands for the file when only metadata tells of the finding.</summary>
    public const string NoFile = "?";

    /// <summary>What stands for the files that the evidence of a finding does not name.</summary>
    public const string OtherFiles = "+";

    /// <summary>Reads the text of a key. False when it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out BaselineKey? key)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] fields = text.Split(' ');
        key = fields.Length == 4 && !fields.Contains("") && (fields[2][0] != '+' || fields[2] == OtherFiles) && LeakNames.TryParseRule(fields[0], out LeakRule rule)
            ? new BaselineKey(rule, fields[1], fields[2], fields[3])
            : null;
        return key is not null;
    }

    /// <summary>The four fields with single spaces between them.</summary>
    public override string ToString() => $"{Rule.ToName()} {Package} {File} {Target}";

    /// <summary>The key of one file of a finding.</summary>
    internal static BaselineKey For(Leak leak, LeakRule rule, string? file)
    {
        (string package, string target) = Parts(leak);
        string field = file switch
        {
            null => NoFile,
            "" => ".",
            _ => Escape(StableFileName.Of(file, leak.From)),
        };
        return new BaselineKey(rule, package, field, target);
    }

    /// <summary>The key of the files of a finding that its evidence does not name.</summary>
    internal static BaselineKey ForUnnamed(Leak leak, LeakRule rule)
    {
        (string package, string target) = Parts(leak);
        return new BaselineKey(rule, package, OtherFiles, target);
    }

    /// <summary>The package and the target of <see cref="Leak.Key"/>, <c>rule:package:target</c>; only the target may hold a colon.</summary>
    private static (string Package, string Target) Parts(Leak leak)
    {
        string[] parts = leak.Key.Split(':', 3);
        return parts.Length == 3
            ? (Escape(parts[1]), Escape(parts[2]))
            : throw new ArgumentException($"\"{leak.Key}\" is no key of a finding.", nameof(leak));
    }

    // A space separates fields, a line feed keys; a name that begins like a mark would be taken for one.
    private static string Escape(string field)
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
