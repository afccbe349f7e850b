using ClosureScan.Analysis;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Reports;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Cli.Rendering;

/// <summary>The first lines of a report: which closure, for which machine, how large, how much of it is the build machine's, how few edges hold that.</summary>
internal sealed class ClosureHead(ClosureReport report, PathLabels labels, StyledWriter writer)
{
    private readonly SummaryText _summary = new(report, Quantity.Bytes);

    public void WriteRoots()
    {
        writer.Indent(2);
        foreach (StorePath root in report.Roots.Take(1))
        {
            writer.Words(labels.Name(root), Style.Strong).Raw("  ").Words(PathLabels.Hash(root), Style.Dim);
        }

        string more = report.Roots.Length > 1 ? $"and {Quantity.Count(report.Roots.Length - 1, "more root")}" : "";
        string host = Host();
        writer.Words(more);
        if (writer.At + 2 + host.Length > writer.Width)
        {
            writer.Line();
        }

        writer.Column(Math.Max(writer.At > 0 ? writer.At + 2 : 2, writer.Width - host.Length)).Words(host, report.Host is null ? Style.Warning : Style.Strong).Line();
        if (report.HostFrom.Contradiction is { } contradiction)
        {
            writer.Indent(2).Column(2).Words(contradiction, Style.Warning).Line();
        }
    }

    /// <summary>How large, and how much of it comes from the build machine.</summary>
    public void WriteSizes()
    {
        writer.Indent(0).Words($"{_summary.Size};", Style.Strong).Words(_summary.Foreign).Line();
    }

    /// <summary>How few edges hold it, and how many findings there are.</summary>
    public void WriteFindings()
    {
        writer.Indent(0).Words(_summary.Edges);
        int notes = report.Findings.Count(finding => finding.Severity == Severity.Note);
        int breaking = report.Findings.Count(finding => finding.Severity != Severity.Note && finding.Effect == Effect.Breaks);
        int bloating = report.Findings.Length - breaking - notes;
        if (breaking + bloating == 0)
        {
            writer.Words(
                report.Closure switch
                {
                    { IsComplete: false } => "No leak found in what could be read.",
                    { Depth: ScanDepth.Metadata } => "No leak can be told from names and references alone.",
                    { Depth: ScanDepth.Suspects } => "No registered leak found.",
                    _ => "No leak found.",
                },
                report.Closure is { IsComplete: true, Depth: ScanDepth.Contents or ScanDepth.Deep } ? Style.Good : Style.Warning);
        }
        else
        {
            writer.Words(Quantity.Count(breaking + bloating, "finding") + ":", Style.Strong)
                .Words($"{breaking} {(breaking == 1 ? "BREAKS" : "BREAK")},", breaking > 0 ? Style.Bad : Style.Plain)
                .Words($"{bloating} {(bloating == 1 ? "bloats" : "bloat")}.", bloating > 0 ? Style.Warning : Style.Plain);
        }

        writer.Words(notes > 0 ? $"{Quantity.Count(notes, "note")}." : "")
            .Words(report.Closure.IsComplete ? "" : "INCOMPLETE: something could not be read.", Style.Bad).Line();
    }

    /// <summary>What tells the host, as a part of a sentence.</summary>
    public static string Origin(InferredHost host) => host.Origin switch
    {
        HostOrigin.Option => "as told",
        HostOrigin.Derivation => "from the derivation of the root",
        HostOrigin.SystemFile => "from the system file of the root",
        HostOrigin.Names => "from the names of the paths",
        HostOrigin.Root => "from what the root starts",
        _ => "from most paths of the closure",
    };

    private string Host() => report.Host is not { } host ? "host unknown: say --host SYSTEM"
        : report.Build is { } build ? $"{host.System}, built on {build.System}"
        : host.System;
}
