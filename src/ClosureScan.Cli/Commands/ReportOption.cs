using System.Collections.Immutable;
using System.CommandLine;
using ClosureScan.Analysis.Reports;

namespace ClosureScan.Cli.Commands;

/// <summary>The option <c>--report FORMAT=FILE</c>: as many reports of one call as a pipeline wants. One instance serves one command.</summary>
internal sealed class ReportOption
{
    private readonly string[] _formats;
    private readonly Option<string[]> _reports;

    /// <summary>The option of a command that judges findings.</summary>
    public ReportOption()
        : this(Formats)
    {
    }

    /// <summary>The option of a command with formats of its own, those of its <c>--format</c>: text among them, which goes to the console.</summary>
    public ReportOption(params string[] formats)
    {
        _formats = [.. formats.Where(format => format != "text")];
        _reports = new("--report")
        {
            Description = $"Write a report to a file; may be repeated. Formats: {Names}.",
            HelpName = "FORMAT=FILE",
            DefaultValueFactory = _ => [],
        };
    }

    /// <summary>What <c>--format</c> takes in the commands that judge findings.</summary>
    public static string[] Formats { get; } = ["text", .. ReportFormat.All.Select(format => format.Name)];

    private string Names => string.Join(", ", _formats);

    public void AddTo(Command command) => command.Options.Add(_reports);

    /// <summary>The formats and files asked for, checked; the file of <c>-o</c> is none of them.</summary>
    public ImmutableArray<ReportFile> Read(ParseResult result, CommonSettings settings)
    {
        ImmutableArray<ReportFile> reports = [.. result.GetValue(_reports)!.Select(Parse)];
        HashSet<string> files = new(settings.OutputFile is { } output ? [Path.GetFullPath(output)] : [], StringComparer.Ordinal);
        return reports.FirstOrDefault(report => !SpecialFile.IsAt(report.File) && !files.Add(Path.GetFullPath(report.File))) is { } second
            ? throw CommandException.Usage($"{second.File}: two reports cannot go to one file.")
            : reports;
    }

    private ReportFile Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? text : text[..equals];
        if (!_formats.Contains(name))
        {
            throw CommandException.Usage($"--report {text}: no format \"{name}\". There are {Names}.");
        }

        return equals >= 0 && equals < text.Length - 1
            ? new ReportFile(name, text[(equals + 1)..])
            : throw CommandException.Usage($"--report {text}: write FORMAT=FILE, such as {name}=report.out.");
    }
}
