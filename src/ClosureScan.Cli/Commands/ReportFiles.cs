using System.Collections.Immutable;
using System.CommandLine;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports;

namespace ClosureScan.Cli.Commands;

/// <summary>The option <c>--report FORMAT=FILE</c>: as many reports of one scan as a pipeline wants.</summary>
internal sealed class ReportFiles
{
    private readonly Option<string[]> _reports = new("--report")
    {
        Description = $"Write a report to a file; may be repeated. Formats: {string.Join(", ", ReportFormat.All.Select(format => format.Name))}.",
        HelpName = "FORMAT=FILE",
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command) => command.Options.Add(_reports);

    /// <summary>The formats and files asked for, checked.</summary>
    public ImmutableArray<(ReportFormat Format, string File)> Read(ParseResult result) =>
        [.. result.GetValue(_reports)!.Select(Parse)];

    public static void Write(ImmutableArray<(ReportFormat Format, string File)> reports, PolicyVerdict verdict)
    {
        foreach ((ReportFormat format, string file) in reports)
        {
            ReportOutput.WriteFile(file, stream => format.Write(verdict, stream, ProgramVersion.Text));
        }
    }

    private static (ReportFormat Format, string File) Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? text : text[..equals];
        if (!ReportFormat.TryFind(name, out ReportFormat? format))
        {
            throw CommandException.Usage($"--report {text}: no format \"{name}\". There are {string.Join(", ", ReportFormat.All.Select(known => known.Name))}.");
        }

        return equals >= 0 && equals < text.Length - 1
            ? (format, text[(equals + 1)..])
            : throw CommandException.Usage($"--report {text}: write FORMAT=FILE, such as {name}=report.out.");
    }
}
