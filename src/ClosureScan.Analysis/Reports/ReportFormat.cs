using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports.Html;
using ClosureScan.Facts;

namespace ClosureScan.Analysis.Reports;

/// <summary>A machine's or a reviewer's view of a verdict, by the name that <c>--format</c> and <c>--report</c> take.</summary>
public sealed class ReportFormat
{
    private readonly Action<PolicyVerdict, Stream, string> _write;

    /// <summary>Makes a format of one's own, to be listed beside the others.</summary>
    /// <param name="name">What calls say for it.</param>
    /// <param name="description">What it is for, as a part of a sentence.</param>
    /// <param name="write">Writes a verdict as UTF-8; takes the verdict, the stream, which stays open, and the version of the program.</param>
    public ReportFormat(string name, string description, Action<PolicyVerdict, Stream, string> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(write);
        Name = name;
        Description = description;
        _write = write;
    }

    /// <summary>Every format, in the order in which help lists them.</summary>
    public static ImmutableArray<ReportFormat> All { get; } =
    [
        new("json", "schema closurescan/2, for scripts", JsonReport.Write),
        new("sarif", "SARIF 2.1.0, for GitHub code scanning", SarifReport.Write),
        new("sarif-full", "SARIF for other viewers: also what the policy accepts, as suppressed, and what is mended, as absent", SarifReport.WriteFull),
        new("junit", "JUnit XML, for test reports of any CI", JUnitReport.Write),
        new("github", "annotations of a GitHub workflow, for its log", (verdict, output, _) => GitHubReport.Write(verdict, output)),
        new("gitlab", "GitLab code quality JSON, for merge requests", (verdict, output, _) => GitLabReport.Write(verdict, output)),
        new("markdown", "for comments on pull requests and job summaries", (verdict, output, _) => MarkdownReport.Write(verdict, output)),
        new("html", "one page for people, for any browser", HtmlPage.Write),
        new("facts", "everything that the scan found, as a binary file that every command takes as a ROOT", (verdict, output, version) => ClosureFacts.Write(verdict.Report.Closure, output, version)),
    ];

    /// <summary>The name: <c>sarif</c>.</summary>
    public string Name { get; }

    /// <summary>What it is for, as a part of a sentence.</summary>
    public string Description { get; }

    /// <summary>The format of that name. False when there is none.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out ReportFormat? format)
    {
        format = All.FirstOrDefault(candidate => candidate.Name == name);
        return format is not null;
    }

    /// <summary>Writes a verdict as UTF-8. Equal verdicts give equal bytes. Written as it goes; beyond the verdict itself, only the keys of the findings are held at most.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that reports.</param>
    public void Write(PolicyVerdict verdict, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(version);
        _write(verdict, output, version);
    }
}
