using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Model;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Reports;

/// <summary>
/// Reads back a report that <c>closurescan scan</c> or <c>check</c> wrote with <c>--format json</c>, schema <c>closurescan/2</c> or
/// <c>closurescan/1</c>. Members that it does not know are passed over.
/// </summary>
/// <remarks>
/// The report has the paths with their references, sizes and sides, and of every finding the bytes. It has not the bytes of other
/// references, nor what was read of each path: <see cref="ScannedPath.Scan"/> is null throughout, and <see cref="ClosureReport.IsSaved"/> says
/// so.
/// </remarks>
public static class SavedReport
{
    private const string FormerSchema = "closurescan/1";

    /// <summary>Reads one report.</summary>
    /// <exception cref="ReportFormatException">The bytes are no such report; the message names the member that is wrong.</exception>
    public static ClosureReport Read(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using JsonDocument document = Parse(input);
        ReportElement report = new(document.RootElement, "", new StrongBox<long>());
        ReportElement schema = report.Member("schema");
        bool isFormer = schema.Text() == FormerSchema;
        if (schema.Text() != JsonReport.Schema && !isFormer)
        {
            throw schema.Wrong($"\"{JsonReport.Schema}\" or \"{FormerSchema}\"");
        }

        if (report.Optional("command") is { } command && (isFormer || command.Text() is not ("scan" or "check")))
        {
            throw new ReportFormatException("command", $"closurescan {command.Text()} wrote this; expected a report of closurescan scan or check.");
        }

        SavedPath[] paths = [.. report.Member("paths").Items().Select(ReadPath).OrderBy(path => path.Info.Path)];
        ClosureModel model = CreateModel(ReadClosure(report, paths));
        return new ClosureReport
        {
            Model = model,
            HostFrom = new InferredHost(
                report.Optional("host")?.Platform(),
                ReadOrigin(isFormer ? report.Member("hostFrom") : report.Member("hostFrom").Member("kind")),
                isFormer ? [] : [.. report.Member("hostFrom").Member("evidence").Items().Select(item => item.Text())]),
            PolicyFile = isFormer ? report.Optional("policy")?.Optional("file")?.Text() : report.Optional("policy")?.Text(),
            Build = report.Optional("build")?.Platform(),
            Paths = [.. paths.Select((path, node) => new AnalyzedPath(model, node) { Side = path.Side, Platforms = path.Platforms, Because = path.Because })],
            Groups = GroupFinder.Find(model, report.Member("findings").Items().Select(finding => isFormer ? FormerFinding.Read(finding, model.Graph) : SavedFinding.Read(finding, model.Graph))),
            LetThrough = [.. report.Optional("letThrough")?.Items().Select(item => ReadLetThrough(item, isFormer)) ?? []],
            IsSaved = true,
        };
    }

    /// <summary>The document of a saved file.</summary>
    internal static JsonDocument Parse(Stream input)
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

    private static SavedPath ReadPath(ReportElement path)
    {
        ReportElement side = path.Member("side");
        return new SavedPath(
            new PathInfo
            {
                Path = path.Member("path").Path(),
                NarSize = path.Member("narSize").Size(),
                References = [.. path.Member("references").Items().Select(reference => reference.Path())],
            },
            ReportNames.TryParseSide(side.Text(), out PathSide known) ? known : throw side.Wrong("\"host\", \"foreign\", \"neutral\" or \"mixed\""),
            [.. path.Member("platforms").Items().Select(platform => platform.Text())],
            path.Member("because").Text());
    }

    private static LetThrough ReadLetThrough(ReportElement item, bool isFormer)
    {
        ReportElement kind = item.Member("kind");
        return new LetThrough
        {
            Kind = LegitimateKinds.TryParse(kind.Text(), out LegitimateKind known) ? known : throw kind.Wrong("a known kind"),
            Path = item.Member("path").Path(),
            To = item.Optional("to")?.Path(),
            Platform = item.Optional("platform")?.Text(),
            Note = item.Optional("note")?.Text(),
            FileCount = item.Member(isFormer ? "files" : "fileCount").Size(),
            Files = [.. item.Member(isFormer ? "examples" : "files").Items().Select(file => file.Text())],
        };
    }

    private static ScannedClosure ReadClosure(ReportElement report, SavedPath[] paths)
    {
        ImmutableArray<StorePath> roots = [.. report.Member("roots").Items().Select(root => root.Path()).Order()];
        return roots.IsEmpty ? throw new ReportFormatException("roots", "there is none.") : new ScannedClosure
        {
            StoreDirectory = roots[0].StoreDirectory,
            Store = report.Optional("store")?.Text(),
            Depth = report.Optional("depth") is not { } depth ? ScanDepth.Contents : ReportNames.TryParseDepth(depth.Text(), out ScanDepth known) ? known : throw depth.Wrong("\"metadata\", \"suspects\", \"contents\" or \"deep\""),
            Roots = roots,
            Paths = [.. paths.Select(path => new ScannedPath(path.Info, null))],
            Problems = [.. report.Member("scanned").Member("problems").Items().Select(problem =>
                new ScanProblem(problem.Member("path").Text(), problem.Member("message").Text()))],
        };
    }

    private static ClosureModel CreateModel(ScannedClosure closure)
    {
        try
        {
            return ClosureModel.Create(closure);
        }
        catch (ArgumentException exception)
        {
            throw new ReportFormatException("paths", exception.Message);
        }
    }

    /// <summary>How the host was found out, in the words of either schema.</summary>
    private static HostOrigin ReadOrigin(ReportElement origin) =>
        origin.Text() is "name" ? HostOrigin.Names
        : origin.Text() is "majority" ? HostOrigin.Programs
        : ReportNames.TryParseOrigin(origin.Text(), out HostOrigin known) ? known : throw origin.Wrong("\"option\", \"system-file\", \"names\", \"root\", \"programs\" or \"unknown\"");

    private sealed record SavedPath(PathInfo Info, PathSide Side, ImmutableArray<string> Platforms, string Because);
}
