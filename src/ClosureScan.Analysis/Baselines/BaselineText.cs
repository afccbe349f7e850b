using System.Globalization;
using System.Text;

namespace ClosureScan.Analysis.Baselines;

/// <summary>
/// The file format: a header, comments, and one item a line, so that a version control system merges it and a reviewer reads
/// it. Neither the order of the lines nor an item that a merge left twice matters; anything else that is odd is an error.
/// </summary>
internal static class BaselineText
{
    private const string SizeWord = "closure-size";

    public static void Write(Baseline baseline, TextWriter output)
    {
        if (baseline.Entries.Any(entry => entry.Effect is null))
        {
            throw new InvalidOperationException("Lines of format 1 do not tell mechanism and effect: judge a closure by the baseline, and write what that knows.");
        }

        StringBuilder text = new();
        text.Append(Baseline.Header).Append('\n');
        text.Append("# Known occurrences: RULE PACKAGE FILE MECHANISM TARGET EFFECT [xPLACES], and closure sizes in bytes. A check fails on what is not here.\n");
        text.Append("# Mend one and remove its line: closurescan baseline check --prune ROOT\n");
        foreach (BaselineEntry entry in baseline.Entries)
        {
            text.Append(entry).Append('\n');
        }

        foreach ((string root, long size) in baseline.ClosureSizes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{SizeWord} {root} {size}\n");
        }

        output.Write(text);
    }

    public static Baseline Read(TextReader text, string file)
    {
        string? header = text.ReadLine();
        bool isOld = header == Baseline.OldHeader;
        if (header != Baseline.Header && !isOld)
        {
            throw new BaselineFormatException(file, 1, header is null
                ? $"The file is empty; a baseline begins with \"{Baseline.Header}\". Write it with \"closurescan baseline write\"."
                : $"Expected \"{Baseline.Header}\"; found \"{Shorten(header)}\".");
        }

        List<BaselineEntry> entries = [];
        Dictionary<string, long> sizes = new(StringComparer.Ordinal);
        int number = 1;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            if (TryParseSize(line, out string? root, out long size))
            {
                if (!sizes.TryAdd(root, size) && sizes[root] != size)
                {
                    throw new BaselineFormatException(file, number, $"{root} has two closure sizes, {sizes[root]} and {size}: keep the right one.");
                }
            }
            else if (isOld ? BaselineEntry.TryParseFormat1(line, out BaselineEntry? entry) : BaselineEntry.TryParse(line, out entry))
            {
                entries.Add(entry);
            }
            else
            {
                throw new BaselineFormatException(file, number, line.StartsWith("<<<<<<<", StringComparison.Ordinal) || line.StartsWith("=======", StringComparison.Ordinal) || line.StartsWith(">>>>>>>", StringComparison.Ordinal)
                    ? "A merge was not finished here: keep the lines of both sides and delete the marks."
                    : $"Expected \"{(isOld ? "RULE PACKAGE FILE TARGET [xPLACES]" : "RULE PACKAGE FILE MECHANISM TARGET EFFECT [xPLACES]")}\" or \"{SizeWord} ROOT BYTES\"; found \"{Shorten(line)}\".");
            }
        }

        return new Baseline(entries, sizes);
    }

    private static bool TryParseSize(string line, out string root, out long size)
    {
        string[] fields = line.Split(' ');
        size = 0;
        root = fields.Length == 3 ? fields[1] : "";
        return fields.Length == 3 && fields[0] == SizeWord && root.Length > 0
            && long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out size);
    }

    private static string Shorten(string line) => line.Length <= 80 ? line : line[..80] + "…";
}
