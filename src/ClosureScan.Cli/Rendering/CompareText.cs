using System.Collections.Immutable;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Platforms;

namespace ClosureScan.Cli.Rendering;

/// <summary>The report of <c>compare</c>: how many pairs are how equal, then what differs, a package in so many lines, and what has no counterpart.</summary>
internal sealed class CompareText(ClosureComparison comparison, StyledWriter writer)
{
    private const int MaxLines = 25;
    private const int KindColumn = 4;
    private const int TextColumn = 18;
    private const int MaxCauses = 3;
    private const int MaxCauseLines = 7;
    private const int LevelWidth = 4;

    private readonly PathLabels _labels = new(comparison.Pairs.SelectMany(pair => new[] { pair.Cross, pair.Native })
        .Concat(comparison.Unpaired.Select(item => item.Path)).Concat(comparison.Cross.Roots).Concat(comparison.Native.Roots).Distinct());

    /// <summary>Writes it.</summary>
    /// <param name="limit">The most packages of each level.</param>
    /// <param name="hintsAtLogs">Whether to say how the logs of what differs would tell more.</param>
    public void Write(int limit, bool hintsAtLogs = false)
    {
        WriteSide("cross", comparison.Cross);
        WriteSide("native", comparison.Native);
        WriteCounts();
        PathPair[] differing = [.. comparison.Pairs.Where(pair => pair.Level >= ComparisonLevel.BuildFactsDiffer)];
        foreach (PathPair pair in differing.Take(limit))
        {
            writer.Line();
            WritePair(pair);
        }

        if (differing.Length > limit)
        {
            writer.Line().Indent(0).Words($"{differing.Length - limit} more pairs differ; --top N shows more.", Style.Dim).Line();
        }

        if (hintsAtLogs && differing.FirstOrDefault(pair => pair.Level == ComparisonLevel.Different) is { } example)
        {
            writer.Line().Indent(0)
                .Words("Build logs say which answers of configure are to blame: --nix-log asks Nix for them;", Style.Dim)
                .Words($"--log-cross {StorePathName.Parse(example.Cross.Name).PackageName}=FILE and --log-native read those that you have.", Style.Dim).Line();
        }

        WriteEqual(limit);
        WriteUnpaired(limit);
        ProblemText.Write(writer, comparison.Problems);
    }

    private void WriteSide(string name, ComparedClosure side) => writer.Indent(8).Words(name, Style.Dim).Column(8)
        .Words(string.Join(", ", side.Roots.Select(root => _labels[root])), Style.Strong)
        .Words(Quantity.Count(side.Paths.Length, "path")).Line();

    private void WriteCounts()
    {
        writer.Indent(8).Words("pairs", Style.Dim).Column(8).Words($"{Quantity.Number(comparison.Pairs.Length)}:", Style.Strong);
        IEnumerable<string> counts =
            from level in ComparisonLevels.Values
            let count = comparison.Count(level)
            where count > 0
            select $"{Quantity.Number(count)} {level.ToName()} ({level.Title()})";
        writer.Words(string.Join(", ", counts) + ".").Line();
    }

    /// <summary>A package in at most <see cref="MaxLines"/> lines: what differs, and below it why, which always has its room.</summary>
    private void WritePair(PathPair pair)
    {
        string[] head = writer.Render(block => WriteHead(block, pair));
        string[] causes = writer.Render(block => WriteCauses(block, pair));
        string[] differences = writer.Render(block => WriteDifferences(block, pair));
        int room = Math.Min(causes.Length, MaxCauseLines);
        writer.Rendered(head, head.Length, _ => "");
        writer.Rendered(differences, MaxLines - head.Length - room, more => $"… {more} more lines; --format json has all");
        writer.Rendered(causes, MaxCauseLines, more => $"… {more} more lines of causes");
    }

    private void WriteHead(StyledWriter block, PathPair pair)
    {
        string files = pair.Files.Compared > 0 ? $", {Quantity.Number(pair.Files.Equal)} of {Quantity.Number(pair.Files.Compared)} entries equal" : "";
        block.Indent(KindColumn).Words(pair.Level.ToName().PadRight(LevelWidth - 1), pair.Level == ComparisonLevel.Different ? Style.Bad : Style.Warning)
            .Column(LevelWidth).Words(pair.Native.Name, Style.Strong).Words($"({_labels[pair.Cross]}{files})", Style.Dim).Line();
    }

    private static void WriteCauses(StyledWriter block, PathPair pair)
    {
        if (DifferenceGroup.AnswersOf(pair) is { IsEmpty: false } answers)
        {
            WriteLines(block, "answer", [string.Join(' ', answers)]);
        }

        WriteLines(block, "because", [.. DifferenceGroup.CausesOf(pair).Take(MaxCauses)]);
    }

    private static void WriteDifferences(StyledWriter block, PathPair pair)
    {
        foreach (DifferenceGroup group in DifferenceGroup.Of(pair))
        {
            block.Indent(TextColumn).Column(KindColumn).Words(group.Kind.ToName(), Style.Accent).Column(TextColumn).Words(group.File);
            if (group.Lines is [{ Length: > 0 }] && group.File.Length + group.Lines[0].Length + TextColumn + 2 <= block.Width)
            {
                block.Raw(": ").Words(group.Lines[0]).Line();
                continue;
            }

            if (group.File.Length > 0)
            {
                block.Line();
            }

            foreach (string line in group.Lines.Where(line => line.Length > 0))
            {
                block.Indent(TextColumn + 2).Column(TextColumn).Words(line).Line();
            }
        }
    }

    private static void WriteLines(StyledWriter block, string title, ImmutableArray<string> lines)
    {
        for (int index = 0; index < lines.Length; index++)
        {
            block.Indent(TextColumn + 2).Column(KindColumn).Words(index == 0 ? title : "", Style.Dim).Column(TextColumn).Words(lines[index]).Line();
        }
    }

    /// <summary>L2 and L3 in a line each: which they are, and what was blanked or moved.</summary>
    private void WriteEqual(int limit)
    {
        foreach (ComparisonLevel level in (ComparisonLevel[])[ComparisonLevel.SameStructure, ComparisonLevel.SameModuloVolatile])
        {
            PathPair[] pairs = [.. comparison.Pairs.Where(pair => pair.Level == level)];
            if (pairs.Length == 0)
            {
                continue;
            }

            writer.Line();
            foreach (PathPair pair in pairs.Take(limit))
            {
                string moved = string.Join("; ", DifferenceGroup.Of(pair).SelectMany(group => group.Lines.Select(line => $"{group.File}: {line}")).Take(2));
                string masks = pair.Masks.IsEmpty ? "" : $"blanked: {string.Join(", ", pair.Masks)}";
                writer.Indent(KindColumn).Words(level.ToName(), Style.Good).Column(LevelWidth).Words(pair.Native.Name, Style.Strong)
                    .Words(string.Join(". ", new[] { moved, masks }.Where(text => text.Length > 0))).Line();
            }

            if (pairs.Length > limit)
            {
                writer.Indent(KindColumn).Column(LevelWidth).Words($"and {pairs.Length - limit} more of {level.ToName()}; --top N shows more", Style.Dim).Line();
            }
        }
    }

    private void WriteUnpaired(int limit)
    {
        if (comparison.Unpaired.IsEmpty)
        {
            return;
        }

        writer.Line().Indent(0).Words($"Without a counterpart: {comparison.Unpaired.Length}", Style.Strong).Line();
        foreach (UnpairedPath path in comparison.Unpaired.Take(limit))
        {
            writer.Indent(TextColumn).Column(2).Words(path.IsCross ? "cross" : "native").Column(10).Words(_labels[path.Path]).Words(path.Reason, Style.Dim).Line();
        }

        if (comparison.Unpaired.Length > limit)
        {
            writer.Indent(2).Column(2).Words($"{comparison.Unpaired.Length - limit} more; --top N shows more", Style.Dim).Line();
        }
    }
}
