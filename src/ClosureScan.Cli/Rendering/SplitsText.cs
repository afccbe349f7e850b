using System.Collections.Immutable;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Paths;

namespace ClosureScan.Cli.Rendering;

/// <summary>The report of <c>size --splits</c>: the files that alone carry what hangs on their path, and what moving them frees.</summary>
internal sealed class SplitsText(ClosureReport report, ImmutableArray<FileSplit> splits, StyledWriter writer)
{
    private const int NumberWidth = 10;
    private const int PathColumn = NumberWidth + 2;
    private const int FilesShown = 5;
    private const int ReferencesShown = 3;

    private readonly PathLabels _labels = new(report.Paths.Select(path => path.Path), report.Host);

    public void Write()
    {
        if (splits.IsEmpty)
        {
            writer.Indent(0).Words("No few files of a path alone carry what hangs on it.").Line();
        }
        else
        {
            writer.Indent(0).Words("Moved to another output, which nothing refers to, these files would free:").Line();
        }

        foreach (FileSplit split in splits)
        {
            writer.Line();
            WriteSplit(split);
        }

        if (!splits.IsEmpty)
        {
            writer.Line();
            writer.Indent(0).Words("Each counts for itself; closurescan what-if ROOT --split PATH:FILES tries several together. Whether a program misses the files at run time, only its packager knows.", Style.Dim).Line();
        }

        ProblemText.Write(writer, report.Closure.Problems);
    }

    private void WriteSplit(FileSplit split)
    {
        writer.Indent(PathColumn).Raw(Quantity.Bytes(split.FreedBytes).PadLeft(NumberWidth)).Column(PathColumn).Words(_labels[split.Path], Style.Strong).Line();
        writer.Column(PathColumn).Words($"{split.Files.Length} of {Quantity.Count(split.PathFileCount, "file")}, {Quantity.Bytes(split.FileBytes)}:", Style.Dim).Line();
        WriteItems([.. split.Files], FilesShown, "file", Style.Plain);
        WriteItems([.. split.References.Select(path => $"→ {_labels[path]}")], ReferencesShown, "reference", Style.Accent);
    }

    private void WriteItems(ImmutableArray<string> items, int shown, string noun, Style style)
    {
        foreach (string item in items.Take(shown))
        {
            writer.Indent(PathColumn + 4).Column(PathColumn + 2).Words(item, style).Line();
        }

        if (items.Length > shown)
        {
            writer.Column(PathColumn + 2).Words($"and {Quantity.Count(items.Length - shown, "more " + noun)}", Style.Dim).Line();
        }
    }
}
