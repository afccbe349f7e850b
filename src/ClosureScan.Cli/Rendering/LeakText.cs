using System.Collections.Immutable;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Cli.Rendering;

/// <summary>
/// The report of <c>scan</c> for a reviewer: what a screen holds of it, the largest trees first, and where the rest is to be had. A finding in
/// full is a block of its own.
/// </summary>
internal sealed class LeakText
{
    /// <summary>The lines of the smallest terminal, less the one that the shell's prompt takes afterwards.</summary>
    private const int ScreenLines = 24 - 1;

    private const int LeastGroups = 3;

    /// <summary>How many lines of steps and how many findings a group shows: the first that lets the least number of groups fit.</summary>
    private static readonly (int Steps, int Rows)[] Densities = [(3, 5), (2, 5), (2, 4), (2, 3), (1, 3)];

    private const int TreesShown = 3;
    private const int NotesShown = 3;

    private readonly ClosureReport _report;
    private readonly FindingView _view;
    private readonly StyledWriter _writer;
    private readonly PathLabels _labels;
    private readonly ImmutableArray<FindingSection> _sections;

    public LeakText(ClosureReport report, FindingView view, StyledWriter writer)
    {
        _report = report;
        _view = view;
        _writer = writer;
        _labels = new PathLabels(report.Paths.Select(path => path.Path), report.Host);
        _sections = view.SectionsOf(report.Groups, _labels);
    }

    /// <summary>Writes the report of a scan.</summary>
    public void Write()
    {
        ClosureHead head = new(_report, _labels, _writer);
        if (_view.InFull is not null)
        {
            head.WriteRoots();
            _writer.Line();
            WriteBlocks();
        }

        string[] tail = _writer.Render(writer => WriteTail(writer));
        string[] start = _writer.Render(writer => WriteStart(new ClosureHead(_report, _labels, writer), _view.InFull is null));
        _writer.Rendered(start, start.Length, _ => "");
        if (_view.InFull is null && !_sections.IsEmpty)
        {
            _writer.Line();
            WriteSections(_view.Top is null ? ScreenLines - start.Length - 1 - tail.Length : int.MaxValue, _view.Top ?? int.MaxValue);
        }

        ProblemText.Write(_writer, _report.Closure.Problems);
        RemarkText.Write(_writer, _report.Closure);
        _writer.Rendered(tail, tail.Length, _ => "");
    }

    /// <summary>Writes the closure and every finding of the view, for a report that has a summary of its own.</summary>
    public void WriteFindings()
    {
        ClosureHead head = new(_report, _labels, _writer);
        head.WriteRoots();
        head.WriteSizes();
        if (!_sections.IsEmpty)
        {
            _writer.Line();
            if (_view.InFull is null)
            {
                WriteSections(int.MaxValue, _view.Top ?? int.MaxValue);
                _writer.Line();
            }
            else
            {
                WriteBlocks();
            }
        }

        ProblemText.Write(_writer, _report.Closure.Problems);
        RemarkText.Write(_writer, _report.Closure);
    }

    private static void WriteStart(ClosureHead head, bool withRoots)
    {
        if (withRoots)
        {
            head.WriteRoots();
        }

        head.WriteSizes();
        head.WriteFindings();
    }

    private void WriteBlocks()
    {
        FindingBlock block = new(_report, _labels, _view.FilesShown, _writer);
        SectionText headings = new(_report.Groups, _report.PolicyFile is not null, _labels, _writer);
        foreach (FindingSection section in _sections)
        {
            ImmutableArray<Finding> findings = [.. section.Findings.Where(_view.InFull!)];
            if (findings.Length > 1 && findings.Length == section.Findings.Length)
            {
                headings.WriteHeading(section);
                _writer.Line();
            }

            foreach (Finding finding in findings)
            {
                block.Write(finding);
            }
        }
    }

    /// <summary>Writes sections while there is room, but at least some; of what is left out the last line tells.</summary>
    private void WriteSections(int room, int most)
    {
        (int Steps, int Rows) density = room == int.MaxValue ? (int.MaxValue, int.MaxValue) : Densities.FirstOrDefault(density => Fits(density, room), Densities[^1]);
        int shown = 0;
        int used = 0;
        foreach (FindingSection section in _sections.Take(most))
        {
            string[] lines = _writer.Render(writer => WriteSection(writer, section, density));
            int left = _sections.Length - shown - 1;
            if (shown >= LeastGroups && used + lines.Length + (left > 0 ? 1 : 0) > room)
            {
                break;
            }

            _writer.Rendered(lines, lines.Length, _ => "");
            used += lines.Length;
            shown++;
        }

        if (shown < _sections.Length)
        {
            Finding[] rest = [.. _sections.Skip(shown).SelectMany(section => section.Findings)];
            _writer.Indent(10).Column(10).Words($"and {Quantity.Count(_sections.Length - shown, "more group")}: {Quantity.Count(rest.Length, "finding")}, {rest.Count(finding => finding.Effect == Effect.Breaks)} of which break; --top {_sections.Length}", Style.Dim).Line();
        }
    }

    private bool Fits((int Steps, int Rows) density, int room) =>
        _sections.Take(LeastGroups).Sum(section => _writer.Render(writer => WriteSection(writer, section, density)).Length) + (_sections.Length > LeastGroups ? 1 : 0) <= room;

    private void WriteSection(StyledWriter writer, FindingSection section, (int Steps, int Rows) density)
    {
        SectionText text = new(_report.Groups, _report.PolicyFile is not null, _labels, writer, density.Steps);
        text.WriteHeading(section);
        int shown = section.Findings.Length <= density.Rows ? section.Findings.Length : density.Rows - 1;
        text.WriteRows(section.Findings[..shown]);
        if (shown < section.Findings.Length)
        {
            writer.Indent(14).Column(14).Words($"and {section.Findings.Length - shown} more: --show {NumberText.Of(section.Findings.Skip(shown).Select(finding => finding.Number))}", Style.Dim).Line();
        }
    }

    private void WriteTail(StyledWriter writer)
    {
        writer.Indent(0).Words(_report.IsSaved
            ? $"As a saved report tells of {Quantity.Count(_report.Paths.Length, "path")}."
            : $"Scanned {_report.Closure.ReadPathCount} of {Quantity.Count(_report.Paths.Length, "path")}, {Quantity.Count(_report.FileCount, "file")}, {Quantity.Bytes(_report.ByteCount)}.");
        if (_report.Host is not null)
        {
            writer.Words($"Host {ClosureHead.Origin(_report.HostFrom)}{(_report.HostFrom.Origin != HostOrigin.Option && _report.HostFrom.Evidence.Length > 1 ? $" [{string.Join("; ", _report.HostFrom.Evidence)}]" : "")}.");
        }
        else if (!_report.HostFrom.Evidence.IsEmpty)
        {
            writer.Words($"As much speaks for one host as for another: {string.Join("; ", _report.HostFrom.Evidence)}.", Style.Warning);
        }

        if (_report.Closure.Depth == ScanDepth.Suspects)
        {
            writer.Words($"A first look: of each path the start was read, and the whole only of those that refer to another platform, {Quantity.Bytes(_report.ByteCount)} of {Quantity.Bytes(_report.ClosureSize)}. "
                + "Foreign programs in other paths, and references that nobody registered, show with --full.");
        }

        WriteAvoidable(writer);
        WriteLetThrough(writer);
        writer.Line();
        int meant = _sections.Sum(section => section.Findings.Length);
        if (meant < _report.Findings.Length)
        {
            writer.Words($"Shown are {meant} of {Quantity.Count(_report.Findings.Length, "finding")}.");
        }

        if (_sections.FirstOrDefault() is { } first && _view.InFull is null)
        {
            string numbers = NumberText.Of(first.Findings.Where(finding => finding.To is not null).Select(finding => finding.Number));
            writer.Words($"--show {first.Findings[0].Number} shows bytes, chain and fix{(numbers.Length > 0 ? $"; what-if ROOT --drop {numbers} tries an edit" : "")}.");
        }

        writer.Line();
    }

    /// <summary>What a native closure could do without, the largest trees of it by what leaves with them.</summary>
    private void WriteAvoidable(StyledWriter writer)
    {
        if (_report.Avoidable() is [_, ..] trees)
        {
            IEnumerable<string> largest = trees.Take(TreesShown).Select(tree => $"{_labels.Name(tree.Path)} ({Quantity.Bytes(tree.AddedSize)})");
            writer.Words($"Largest trees that only serve builds: {string.Join(", ", largest)}.");
        }
    }

    /// <summary>What was foreign and right where it is. Every closure has paths of text alone; the JSON report lists them.</summary>
    private void WriteLetThrough(StyledWriter writer)
    {
        LetThrough[] items = [.. _report.LetThrough.Where(item => item.Kind != LegitimateKind.TextOnly)];
        if (items.Length > 0)
        {
            IEnumerable<string> kinds = items.GroupBy(item => item.Kind).OrderBy(kind => kind.Key)
                .Select(kind => $"{Quantity.Count(kind.Sum(item => item.FileCount), "file")} ({kind.Key.ToName()})");
            writer.Words($"Let through: {string.Join(", ", kinds)}.", Style.Dim);
            foreach (LetThrough item in items.Where(item => item.Note is not null).Take(NotesShown))
            {
                writer.Words($"Note: {item.Files[0]} in {_labels[item.Path]} is for {item.Platform}, and {item.Note}.", Style.Dim);
            }
        }
    }
}
