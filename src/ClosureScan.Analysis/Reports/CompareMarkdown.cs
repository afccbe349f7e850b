using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Media;

namespace ClosureScan.Analysis.Reports;

/// <summary>Writes a comparison as Markdown, for a comment or the summary of a job: the counts, and what differs in a folded list a package.</summary>
internal static class CompareMarkdown
{
    /// <summary>What GitHub takes for a comment, in bytes.</summary>
    private const int MaxBytes = 65_000;

    /// <summary>Writes the report, UTF-8, of at most 65,000 bytes.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="output">Where to; left open.</param>
    public static void Write(ClosureComparison comparison, Stream output)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(output);
        MarkdownPage page = new(MaxBytes);
        page.TryAppend($"### Cross and native: {Number(comparison.Pairs.Length)} pairs, {Number(comparison.Count(ComparisonLevel.Different))} differ");
        page.TryAppend($"");
        page.TryAppend($"| level | pairs | |");
        page.TryAppend($"|---|---|---|");
        foreach (ComparisonLevel level in ComparisonLevels.Values.Where(level => comparison.Count(level) > 0))
        {
            page.TryAppend($"| {level.ToName()} | {Number(comparison.Count(level))} | {level.Title()} |");
        }

        page.TryAppend($"");
        foreach (PathPair pair in comparison.Pairs.Where(pair => pair.Level >= ComparisonLevel.SameStructure))
        {
            page.AppendList(
                $"{pair.Level.ToName()} <b>{pair.Native.Name}</b>",
                [.. Lines(pair).Select(line => (Func<HtmlText>)(() => $"{line}"))],
                isOpen: pair.Level == ComparisonLevel.Different);
        }

        page.AppendList(
            $"{Number(comparison.Unpaired.Length)} paths without a counterpart",
            [.. comparison.Unpaired.Select(path => (Func<HtmlText>)(() => $"{(path.IsCross ? "cross" : "native")} <code>{path.Path.BaseName}</code>: {path.Reason}"))]);
        page.AppendList(
            $"The comparison is incomplete: {Number(comparison.Problems.Length)} problems",
            [.. comparison.Problems.Select(problem => (Func<HtmlText>)(() => $"{problem.Path}: {problem.Message}"))],
            isOpen: true);
        output.Write(Encoding.UTF8.GetBytes(page.ToString()));
    }

    private static ImmutableArray<string> Lines(PathPair pair) =>
    [
        .. DifferenceGroup.CausesOf(pair).Select(cause => $"because {cause}"),
        .. DifferenceGroup.Of(pair).SelectMany(group => group.Lines.Select(line => $"{group.Kind.ToName()} in {group.File}{(line.Length > 0 ? ": " : "")}{line}")),
    ];

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
