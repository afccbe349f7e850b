using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Reports;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Cli.Rendering;

/// <summary>Findings that stand together: what they share in two lines or three, then a line each.</summary>
internal sealed class SectionText(ImmutableArray<FindingGroup> groups, bool isJudged, PathLabels labels, StyledWriter writer, int stepLines = int.MaxValue)
{
    private const int SizeWidth = 8;
    private const int TextColumn = SizeWidth + 2;
    private const int EffectColumn = 6;
    private const int NameColumn = 14;
    private const int WidestName = 30;
    private const int WidestPlace = 34;

    private readonly Dictionary<StorePath, string> _numbersOf = groups.Where(group => group.Target is not null)
        .ToDictionary(group => group.Target!, group => NumberText.Of(group.Findings.Select(finding => finding.Number)));

    /// <summary>Writes the heading of a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="withSteps">Whether to say how the tree is freed.</param>
    public void WriteHeading(FindingSection section, bool withSteps = true)
    {
        if (section.Tree is { Target: { } target } tree)
        {
            writer.Indent(TextColumn).Column(0).Raw(Quantity.Bytes(GroupText.Bytes(tree)).PadLeft(SizeWidth), Style.Strong).Column(TextColumn)
                .Words(labels.Name(target), Style.Accent).Words(Parts(tree), Style.Dim).Line();
        }
        else if (section.Title.Length > 0)
        {
            long bytes = section.Findings.Sum(finding => Math.Max(finding.ByteCount, finding.FreedBytes));
            writer.Indent(TextColumn).Column(0).Raw((bytes > 0 ? Quantity.Bytes(bytes) : "").PadLeft(SizeWidth), Style.Strong).Column(TextColumn)
                .Words(section.Title, Style.Accent).Raw("  ").Words(Quantity.Count(section.Findings.Length, "finding"), Style.Dim).Line();
        }

        if (!withSteps)
        {
            return;
        }

        WriteSteps(section.Tree is { Target: not null } held ? Release(held) : "", Steps(section.Findings));
    }

    /// <summary>Writes a line for each finding, all with the same columns.</summary>
    public void WriteRows(IReadOnlyCollection<Finding> findings)
    {
        int name = Math.Min(findings.Max(finding => TextColumns.Of(labels.Name(finding.From))), WidestName);
        int place = Math.Min(findings.Max(finding => TextColumns.Of(Place(finding))), Math.Min(WidestPlace, writer.Width - NameColumn - name - 20));
        foreach (Finding finding in findings)
        {
            WriteRow(finding, NameColumn + name + 2, NameColumn + name + 2 + place + 2);
        }
    }

    private void WriteRow(Finding finding, int placeColumn, int carrierColumn)
    {
        bool breaks = finding.Effect == Effect.Breaks;
        writer.Indent(NameColumn + 2).Column(0).Raw($"{finding.Number,4}").Column(EffectColumn)
            .Words(finding.Severity == Severity.Note ? "note" : breaks ? "BREAKS" : "bloats", breaks ? Style.Bad : Style.Warning)
            .Column(NameColumn).Words(labels.Name(finding.From), Style.Strong);
        string place = Place(finding);
        string[] carriers = Carriers(finding);
        int start = Math.Max(placeColumn, writer.At + 2);
        string? carrier = carriers.FirstOrDefault(text => Math.Max(carrierColumn, start + TextColumns.Of(place) + 2) + TextColumns.Of(text) <= writer.Width);
        if (carrier is null && place.Contains('/', StringComparison.Ordinal))
        {
            place = "…" + place[place.LastIndexOf('/')..];
            carrier = carriers.FirstOrDefault(text => Math.Max(carrierColumn, start + TextColumns.Of(place) + 2) + TextColumns.Of(text) <= writer.Width)
                ?? carriers.FirstOrDefault(text => start + TextColumns.Of(place) + 2 + TextColumns.Of(text) <= writer.Width);
        }

        if (start + TextColumns.Of(place) > writer.Width)
        {
            writer.Line();
            start = NameColumn + 2;
        }

        writer.Column(start).Words(place);
        if (carrier is not null)
        {
            writer.Column(Math.Max(Math.Min(carrierColumn, writer.Width - carrier.Length), writer.At + 2)).Words(carrier, Style.Dim);
        }

        writer.Line();
    }

    /// <summary>The file of the worst of it, with its line.</summary>
    private static string Place(Finding finding) => finding.Occurrences[0].Evidence is not { } evidence ? ""
        : evidence.File.Length == 0 ? "(the path itself)"
        : evidence.Line is { } line ? $"{evidence.File}:{line}" : evidence.File;

    /// <summary>What carries it, and how much more there is; the longest first.</summary>
    private static string[] Carriers(Finding finding)
    {
        string what = finding.Rule == RuleIds.ForeignBinary ? finding.Platform ?? "" : finding.Occurrences[0].Mechanism?.ToName() ?? "no bytes read";
        long rest = Math.Max(finding.FileCount - 1, 0);
        return rest > 0 ? [$"{what}, {Quantity.Count(rest, "more file")}", $"{what} +{rest}"] : [what];
    }

    /// <summary>Writes how the tree is freed, and as many of the steps as the lines hold.</summary>
    private void WriteSteps(string release, ImmutableArray<string> steps)
    {
        int least = release.Length > 0 ? 0 : 1;
        for (int shown = steps.Length; shown >= least; shown--)
        {
            string some = string.Join("; ", steps.Take(shown)) + (shown == steps.Length || shown == 0 ? "" : "; …");
            string text = release.Length == 0 ? some : some.Length == 0 ? release : $"{release}: {some}";
            string[] lines = writer.Render(part => part.Indent(TextColumn).Column(TextColumn).Words(text, Style.Dim).Line());
            if (lines.Length <= stepLines || shown == least)
            {
                writer.Rendered(lines, lines.Length, _ => "");
                return;
            }
        }
    }

    private string Parts(FindingGroup tree)
    {
        IEnumerable<string> parts = tree.Parts.Where(part => part.NarSize * 100 >= tree.TreeBytes).Select(part => $"{labels.Name(part.Path)} {Quantity.Bytes(part.NarSize)}");
        string text = string.Join(", ", parts);
        return text.Length > 0 ? $"with {text}" : "";
    }

    private string Release(FindingGroup tree) =>
        GroupText.Release(tree, isJudged, tree.AlsoHeldBy.Select(other => _numbersOf.TryGetValue(other, out string? numbers) ? numbers : labels.Name(other)));

    /// <summary>What to do first about each: once where it is the same for all.</summary>
    private static ImmutableArray<string> Steps(ImmutableArray<Finding> findings)
    {
        IGrouping<string, int>[] steps = [.. findings.GroupBy(finding => FirstStep(finding.Fix), finding => finding.Number)];
        return steps.Length == 1 ? [steps[0].Key] : [.. steps.Select(step => $"{NumberText.Of(step)}: {step.Key}")];
    }

    /// <summary>An advice up to its first alternative, condition or reason.</summary>
    private static string FirstStep(string fix)
    {
        int end = ((string[])[", ", "; ", ". ", " (", ": they ", " where "]).Select(mark => fix.IndexOf(mark, StringComparison.Ordinal)).Where(index => index > 0).DefaultIfEmpty(fix.Length).Min();
        return fix[..end].TrimEnd('.');
    }
}
