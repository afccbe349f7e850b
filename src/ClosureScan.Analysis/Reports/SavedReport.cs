using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Reports;

/// <summary>
/// Reads back a report that <c>closurescan scan</c> or <c>check</c> wrote with <c>--format json</c>, schema <c>closurescan/1</c>. Members
/// that it does not know are passed over.
/// </summary>
/// <remarks>
/// The report has the paths with their references, sizes and sides, and of every finding the bytes. It has not the bytes of other
/// references, nor what was read of each path: <see cref="ScannedPath.Scan"/> is null throughout, and <see cref="LeakReport.IsSaved"/> says
/// so.
/// </remarks>
public static class SavedReport
{
    /// <summary>Reads one report.</summary>
    /// <exception cref="ReportFormatException">The bytes are no such report; the message names the member that is wrong.</exception>
    public static LeakReport Read(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using JsonDocument document = Parse(input);
        ReportElement report = new(document.RootElement, "", new StrongBox<long>());
        ReportElement schema = report.Member("schema");
        if (schema.Text() != JsonReport.Schema)
        {
            throw schema.Wrong($"\"{JsonReport.Schema}\"");
        }

        if (report.Optional("command") is { } command)
        {
            throw new ReportFormatException("command", $"closurescan {command.Text()} wrote this; expected a report of closurescan scan.");
        }

        ImmutableArray<AnalyzedPath> paths = [.. report.Member("paths").Items().Select(ReadPath).OrderBy(path => path.Path)];
        ScannedClosure closure = ReadClosure(report, paths);
        ClosureGraph graph = CreateGraph(closure);
        return new LeakReport
        {
            Closure = closure,
            Graph = graph,
            Host = report.Optional("host")?.Platform(),
            HostFrom = ReadOrigin(report.Member("hostFrom")),
            Build = report.Optional("build")?.Platform(),
            Paths = paths,
            Leaks = [.. report.Member("findings").Items().Select(finding => SavedFinding.Read(finding, graph))],
            LetThrough = [.. report.Optional("letThrough")?.Items().Select(ReadLetThrough) ?? []],
            ClosureSize = WhatIf.Without(graph, [], []).ClosureSize,
            IsSaved = true,
        };
    }

    private static JsonDocument Parse(Stream input)
    {
        try
        {
            return JsonDocument.Parse(input);
        }
        catch (JsonException exception)
        {
            throw new ReportFormatException(
                $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}", "this is no JSON, or only the beginning of some.");
        }
    }

    private static AnalyzedPath ReadPath(ReportElement path)
    {
        ReportElement side = path.Member("side");
        return new AnalyzedPath
        {
            Path = path.Member("path").Path(),
            NarSize = path.Member("narSize").Size(),
            ClosureSize = path.Member("closureSize").Size(),
            AddedSize = path.Member("addedSize").Size(),
            References = [.. path.Member("references").Items().Select(reference => reference.Path())],
            Side = LeakNames.TryParseSide(side.Text(), out PathSide known) ? known : throw side.Wrong("\"host\", \"foreign\", \"neutral\" or \"mixed\""),
            Platforms = [.. path.Member("platforms").Items().Select(platform => platform.Text())],
            Because = path.Member("because").Text(),
        };
    }

    private static LetThrough ReadLetThrough(ReportElement item)
    {
        ReportElement kind = item.Member("kind");
        return new LetThrough
        {
            Kind = LegitimateKinds.TryParse(kind.Text(), out LegitimateKind known) ? known : throw kind.Wrong("a known kind"),
            Path = item.Member("path").Path(),
            To = item.Optional("to")?.Path(),
            Platform = item.Optional("platform")?.Text(),
            FileCount = item.Member("files").Size(),
            Files = [.. item.Member("examples").Items().Select(file => file.Text())],
        };
    }

    private static ScannedClosure ReadClosure(ReportElement report, ImmutableArray<AnalyzedPath> paths)
    {
        ImmutableArray<StorePath> roots = [.. report.Member("roots").Items().Select(root => root.Path()).Order()];
        return roots.IsEmpty ? throw new ReportFormatException("roots", "there is none.") : new ScannedClosure
        {
            StoreDirectory = roots[0].StoreDirectory,
            Roots = roots,
            Paths = [.. paths.Select(path => new ScannedPath(new PathInfo { Path = path.Path, NarSize = path.NarSize, References = path.References }, null))],
            Problems = [.. report.Member("scanned").Member("problems").Items().Select(problem =>
                new ScanProblem(problem.Member("path").Text(), problem.Member("message").Text()))],
        };
    }

    private static ClosureGraph CreateGraph(ScannedClosure closure)
    {
        try
        {
            return ClosureGraph.Create(closure);
        }
        catch (ArgumentException exception)
        {
            throw new ReportFormatException("paths", exception.Message);
        }
    }

    private static HostOrigin ReadOrigin(ReportElement origin) =>
        LeakNames.TryParseOrigin(origin.Text(), out HostOrigin known) ? known : throw origin.Wrong("\"option\", \"name\", \"root\" or \"majority\"");
}
