using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Reports;
using ClosureScan.Input;
using ClosureScan.Media;
using ClosureScan.Paths;
using ClosureScan.Stores.Metadata;

namespace ClosureScan.Cli.Commands;

/// <summary>A file that <c>scan --format json</c> wrote, where a command takes a ROOT: it stands for the closure that was scanned.</summary>
internal static class SavedReportFile
{
    private const string Extension = ".json";

    private const long MaxLength = 1L << 30;

    /// <summary>Whether an argument is such a file, by its name; a path of a store that is called so is a closure.</summary>
    public static bool IsNamed(string text) => HasName(text) && File.Exists(text) && !MetadataFile.IsOne(text);

    /// <summary>The report that the roots of a call are; null when they are paths of a store.</summary>
    public static ClosureReport? Find(CommonSettings settings, IReadOnlyList<string> roots)
    {
        if (roots.FirstOrDefault(root => HasName(root) && root.Contains('/', StringComparison.Ordinal) && !File.Exists(root)) is { } missing)
        {
            throw CommandException.Usage($"{missing}: there is no file of that name.");
        }

        if (roots.FirstOrDefault(IsNamed) is not { } file)
        {
            return null;
        }

        return roots.Count > 1 ? throw CommandException.Usage($"{file} is a saved report, a closure of its own: it takes no other ROOT beside it.")
            : settings.Host is not null || settings.Build is not null ? throw CommandException.Usage($"{file} is a saved report: --host and --build are told when it is made.")
            : Load(file);
    }

    /// <summary>Reads one.</summary>
    public static ClosureReport Load(string file)
    {
        try
        {
            using Stream stream = InputFile.OpenText(file, MaxLength, mayBeSpecial: true);
            return SavedReport.Read(stream);
        }
        catch (ReportFormatException exception)
        {
            throw CommandException.Usage($"{file} is no report of closurescan scan --format json: {exception.Message}");
        }
    }

    /// <summary>What to add to the complaint that no path matches.</summary>
    public static MessageText Hint(string text)
    {
        MessageText hint = $"\nNor is there a file {text}, which would be taken for a saved report.";
        return HasName(text) && !File.Exists(text) ? hint : $"";
    }

    private static bool HasName(string text) =>
        text.EndsWith(Extension, StringComparison.Ordinal)
        && !StorePath.TryParseBaseName(StorePath.DefaultStoreDirectory, Path.GetFileName(text), out _)
        && !text.AsSpan().ContainsAny('*', '?');
}
