using ClosureScan.Analysis;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Cli.Rendering;

/// <summary>The report of <c>cut</c>: the edits as a list to work off, what they free, and what single edits would.</summary>
internal sealed class CutText(ClosureReport report, ClosureCut cut, StyledWriter writer)
{
    private const int PathColumn = 4;
    private const int FileColumn = 6;
    private const int SizeWidth = 10;
    private const int FilesShown = 5;
    private const int BestShown = 5;

    private readonly PathLabels _labels = new(report.Paths.Select(path => path.Path), report.Host);

    public void Write()
    {
        if (!cut.IsPossible)
        {
            WriteImpossible();
        }
        else if (cut.Edits.IsEmpty)
        {
            writer.Indent(0).Words("Nothing to cut:", Style.Good)
                .Words(cut.Kept.IsEmpty ? "no path of the closure refers to the build side." : "everything of the build side is held by a reference that is accepted.").Line();
            WriteKept();
        }
        else
        {
            WriteEdits();
        }

        WriteLeft();
        WriteBest();
        ProblemText.Write(writer, report.Closure.Problems);
    }

    /// <summary>One line for the summary of a scan.</summary>
    public static string Summarize(ClosureCut cut) =>
        $"{Quantity.Count(cut.EditCount, "edit")} in {Quantity.Count(cut.FileCount, "file")} {(cut.EditCount == 1 ? "frees" : "free")} {Quantity.Bytes(cut.FreedBytes)}";

    private string UnknownFiles => report.IsSaved ? "(the saved report does not tell the files)" : "registered by the store; no file is known to hold it";

    private void WriteImpossible()
    {
        writer.Indent(0).Words("No edit can free the closure of", Style.Bad).Words(_labels[cut.UncuttableChain[^1]] + ":");
        writer.Words(cut.UncuttableChain.Length == 1 ? "it is a root." : "it hangs on " + string.Join(" → ", cut.UncuttableChain.Select(path => path.Name)) + ".").Line().Line();
    }

    private void WriteEdits()
    {
        writer.Indent(0).Words(report.IsSaved && cut.Edits.Any(edit => edit.Files.IsEmpty) ? "At least" : "", Style.Strong).Words(Summarize(cut), Style.Strong)
            .Words($"of {Quantity.Bytes(report.ClosureSize)}; {Quantity.Bytes(cut.ClosureSizeAfter)} in {Quantity.Count(cut.ClosureCountAfter, "path")} stay.")
            .Words(report.IsSaved ? "" : "Fewer edits cannot do it.").Line();
        if (report.IsSaved)
        {
            writer.Words("The saved report tells the files of findings alone; every other reference counts as one edit.", Style.Dim).Line();
        }

        if (cut.IsForced)
        {
            writer.Words(
                report.IsSaved ? "They may take from the host what its programs need: the saved report does not tell." : "They take from the host what its programs need: no cut spares that.",
                Style.Bad).Line();
        }

        WriteKept();
        for (int index = 0; index < cut.Edits.Length; index++)
        {
            WriteEdit(index + 1, cut.Edits[index]);
        }
    }

    private void WriteKept()
    {
        if (!cut.Kept.IsEmpty)
        {
            writer.Indent(4).Words("Stays, held by a reference that is accepted:", Style.Dim).Line();
            foreach (StorePath path in cut.Kept)
            {
                writer.Column(2).Words(_labels[path]).Line();
            }
        }

        writer.Line();
    }

    private void WriteEdit(int number, ClosureEdit edit)
    {
        writer.Indent(PathColumn).Column(0).Raw($"{number,2}").Column(PathColumn).Words(_labels[edit.From], Style.Strong).Line();
        if (edit.To is { } to)
        {
            writer.Indent(FileColumn).Column(PathColumn).Words("→ " + _labels[to], Style.Accent)
                .Words(edit.FreedAlone > 0 ? $"(alone: {Quantity.Bytes(edit.FreedAlone)})" : "", Style.Dim).Line();
        }

        foreach (ReferenceEvidence evidence in edit.Evidence.Take(FilesShown))
        {
            writer.Indent(FileColumn + 2).Column(FileColumn).Words(EvidenceText.Place(evidence)).Words(EvidenceText.Where(evidence), Style.Dim).Line();
        }

        long rest = edit.FileCount - Math.Min(FilesShown, edit.Files.Length);
        if (rest > 0)
        {
            writer.Column(FileColumn).Words(edit.Files.IsEmpty ? UnknownFiles : $"and {Quantity.Count(rest, "more file")}", Style.Dim).Line();
        }

        if (edit.Fix is { } fix)
        {
            writer.Indent(FileColumn).Column(FileColumn).Words(fix, Style.Good).Line();
        }

        writer.Line();
    }

    private void WriteBest()
    {
        if (!cut.BestPaths.IsEmpty)
        {
            writer.Indent(0).Words("What dropping one path would free:").Line();
            foreach ((StorePath path, long freed) in cut.BestPaths.Take(BestShown))
            {
                WriteFreed(freed, _labels[path]);
            }

            writer.Line();
        }

        if (!cut.BestReferences.IsEmpty)
        {
            writer.Indent(0).Words("What dropping one reference would free:").Line();
            foreach ((StorePath from, StorePath to, long freed) in cut.BestReferences.Take(BestShown))
            {
                WriteFreed(freed, $"{_labels[from]} → {_labels[to]}");
            }

            writer.Line();
        }
    }

    private void WriteFreed(long bytes, string what) =>
        writer.Indent(SizeWidth + 4).Raw(Quantity.Bytes(bytes).PadLeft(SizeWidth)).Column(SizeWidth + 2).Words(what).Line();

    private void WriteLeft()
    {
        if (cut.Left.IsEmpty)
        {
            return;
        }

        writer.Indent(PathColumn).Column(0).Words("No edit here ends:", Style.Warning).Line();
        foreach (Finding finding in cut.Left)
        {
            writer.Indent(PathColumn).Column(2).Words(finding.Key).Line();
        }

        writer.Line();
    }
}
