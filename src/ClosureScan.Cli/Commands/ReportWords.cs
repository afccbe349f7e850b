using System.Collections.Immutable;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Rules;
using ClosureScan.Cli.Rendering;
using ClosureScan.Paths;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary>
/// What words of a report mean where the report is at hand: a finding by its number or key, a reference by the arrow between two paths,
/// a path as <see cref="StorePathResolver"/> reads it.
/// </summary>
internal static class ReportWords
{
    /// <summary>The arrow that reports print.</summary>
    public const string Arrow = "→";

    /// <summary>The arrow that is typed.</summary>
    public const string TypedArrow = "->";

    /// <summary>The two sides of an arrow. False where the text has none.</summary>
    public static bool TrySplitArrow(string text, out string from, out string to)
    {
        foreach (string arrow in (string[])[Arrow, TypedArrow])
        {
            if (text.IndexOf(arrow, StringComparison.Ordinal) is >= 0 and int index)
            {
                (from, to) = (text[..index].Trim(), text[(index + arrow.Length)..].Trim());
                return true;
            }
        }

        (from, to) = ("", "");
        return false;
    }

    /// <summary>Whether the text means findings, by numbers or a key, so that it takes a whole report to know which.</summary>
    public static bool IsOfFindings(string text) => NumberText.TryParse(text, out _) || IsKey(text);

    /// <summary>The findings that numbers or a key mean, in the order of the report; empty where they mean none, or the text is neither.</summary>
    public static ImmutableArray<Finding> FindFindings(ClosureReport report, string text) =>
        NumberText.TryParse(text, out Func<int, bool> isMeant) ? [.. report.Findings.Where(finding => isMeant(finding.Number))]
        : IsKey(text) ? [.. report.Findings.Where(finding => finding.Key == text.Trim() || finding.Occurrences.Any(occurrence => IsKeyOf(occurrence, text)))]
        : [];

    /// <summary>Whether a key is that of an occurrence.</summary>
    public static bool IsKeyOf(Occurrence occurrence, string text) => occurrence.Key.ToString() == text.Trim();

    /// <summary>The end of a reference that it leads to: what is left of a word where no report is at hand.</summary>
    public static string Target(string text) =>
        TrySplitArrow(text, out _, out string to) ? to
        : !IsKey(text) ? text
        : text.Contains(' ', StringComparison.Ordinal) ? text.Trim().Split(' ')[^1]
        : text[(text.LastIndexOf(':') + 1)..];

    /// <summary>The findings that numbers or a key mean.</summary>
    /// <exception cref="CommandException">They mean none.</exception>
    public static ImmutableArray<Finding> RequireFindings(ClosureReport report, string option, string text) =>
        FindFindings(report, text) is { IsEmpty: false } findings ? findings : throw Unknown(report, option, text);

    /// <summary>The paths that a word means where the report is at hand: of findings and references what they lead to.</summary>
    /// <exception cref="CommandException">It means none.</exception>
    public static ImmutableArray<StorePath> RequirePaths(ClosureReport report, string text)
    {
        if (IsOfFindings(text) && FindFindings(report, text) is { IsEmpty: false } findings)
        {
            return [.. findings.Select(finding => finding.To ?? finding.From).Distinct()];
        }

        return Resolve(report.Closure, Target(text)) is { IsEmpty: false } paths
            ? paths
            : throw (IsOfFindings(text)
                ? Unknown(report, "TARGET", text)
                : new CommandException(ExitCode.Nothing, $"\"{text}\" matches nothing in the closure; closurescan size lists what is in it."));
    }

    /// <summary>Whether a finding is one of a rule, an effect, a package or whatever else names findings or paths.</summary>
    /// <exception cref="CommandException">The text means nothing in the report.</exception>
    public static Func<Finding, bool> ToFilter(ClosureReport report, string option, string text)
    {
        if (text is "breaks" or "bloats")
        {
            return finding => finding.Effect == (text == "breaks" ? Effect.Breaks : Effect.Bloats);
        }

        if (report.Rules.TryFind(text, out _))
        {
            return finding => finding.Rule == text;
        }

        if (IsOfFindings(text))
        {
            HashSet<int> numbers = [.. FindFindings(report, text).Select(finding => finding.Number)];
            return numbers.Count > 0 ? finding => numbers.Contains(finding.Number) : throw Unknown(report, option, text);
        }

        if (TrySplitArrow(text, out string from, out string to))
        {
            HashSet<StorePath> sources = [.. Resolve(report.Closure, from)];
            HashSet<StorePath> targets = [.. Resolve(report.Closure, to)];
            return finding => sources.Contains(finding.From) && finding.To is { } end && targets.Contains(end);
        }

        HashSet<StorePath> paths = [.. Resolve(report.Closure, text)];
        return paths.Count > 0 ? finding => paths.Contains(finding.From) || (finding.To is { } end && paths.Contains(end)) : throw Unknown(report, option, text);
    }

    private static ImmutableArray<StorePath> Resolve(ScannedClosure closure, string text) => text.Length == 0 ? [] : StorePathResolver.ResolveAmong(closure, text);

    /// <summary>Five fields, <c>foreign-reference curl bin/curl-config config-script gcc-wrapper</c>, or three, <c>foreign-reference:curl:gcc-wrapper</c>.</summary>
    private static bool IsKey(string text) => (text.Trim().Split(' ') is [var first, _, _, _, _] && RuleSet.Default.TryFind(first, out _))
        || (text.Split(':') is [var rule, _, _] && RuleSet.Default.TryFind(rule, out _));

    private static CommandException Unknown(ClosureReport report, string option, string text) => new(
        ExitCode.Nothing,
        $"{option} {text}: no finding has this number, key, rule or effect, and no path of the closure is called so. There {(report.Findings.Length == 1 ? "is 1 finding" : $"are {report.Findings.Length} findings")}; the rules are {string.Join(", ", report.Rules.Rules.Select(rule => rule.Id))}.");
}
