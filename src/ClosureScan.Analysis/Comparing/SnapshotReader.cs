using System.Collections.Immutable;
using System.Text.Json;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing;

/// <summary>Reads a report that <c>closurescan scan --format json</c> wrote, schema <c>closurescan/1</c>. Members it does not know are passed over.</summary>
public static class SnapshotReader
{
    private const string Schema = "closurescan/1";

    /// <summary>Reads one report.</summary>
    /// <exception cref="ReportFormatException">The bytes are no such report; the message names the member that is wrong.</exception>
    public static ClosureSnapshot Read(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using JsonDocument document = Parse(input);
        ReportElement report = new(document.RootElement, "");
        if (report.Member("schema").Text() != Schema)
        {
            throw report.Member("schema").Wrong($"\"{Schema}\"");
        }

        if (report.Optional("command") is { } command)
        {
            throw new ReportFormatException("command", $"closurescan {command.Text()} wrote this; expected a report of closurescan scan.");
        }

        return new ClosureSnapshot
        {
            Graph = ReadGraph(report),
            Leaks = [.. report.Member("findings").Items().Select(ReadLeak)],
            Problems = [.. report.Member("scanned").Member("problems").Items().Select(problem =>
                new ScanProblem(problem.Member("path").Text(), problem.Member("message").Text()))],
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
            throw new ReportFormatException($"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}", "this is no JSON.");
        }
    }

    private static ClosureGraph ReadGraph(ReportElement report)
    {
        PathInfo[] paths =
        [
            .. report.Member("paths").Items().Select(path => new PathInfo
            {
                Path = path.Member("path").Path(),
                NarSize = path.Member("narSize").Size(),
                References = [.. path.Member("references").Items().Select(reference => reference.Path())],
            }),
        ];
        StorePath[] roots = [.. report.Member("roots").Items().Select(root => root.Path())];
        try
        {
            return ClosureGraph.Create(paths, roots);
        }
        catch (ArgumentException exception)
        {
            throw new ReportFormatException("paths", exception.Message);
        }
    }

    private static Leak ReadLeak(ReportElement finding)
    {
        ReportElement rule = finding.Member("rule");
        ReportElement effect = finding.Member("effect");
        return new Leak
        {
            Rule = LeakNames.TryParseRule(rule.Text(), out LeakRule known) ? known : throw rule.Wrong("a known rule"),
            Effect = effect.Text() switch
            {
                "breaks" => LeakEffect.Breaks,
                "bloats" => LeakEffect.Bloats,
                _ => throw effect.Wrong("\"breaks\" or \"bloats\""),
            },
            From = finding.Member("from").Path(),
            To = finding.Member("to").Path(),
            Evidence = [.. finding.Member("evidence").Items().Select(ReadEvidence)],
            FileCount = finding.Member("files").Size(),
            Chain = [.. finding.Member("chain").Items().Select(path => path.Path())],
            AddedSize = finding.Member("addedSize").Size(),
            Fix = finding.Member("fix").Text(),
            Key = finding.Member("key").Text(),
            Platform = finding.Optional("platform")?.Text(),
        };
    }

    private static ReferenceEvidence ReadEvidence(ReportElement evidence)
    {
        ReportElement mechanism = evidence.Member("mechanism");
        return new ReferenceEvidence
        {
            File = evidence.Member("file").Text(),
            Offset = evidence.Member("offset").Size(),
            NarOffset = evidence.Member("narOffset").Size(),
            Mechanism = MechanismNames.TryParse(mechanism.Text(), out Mechanism known) ? known : throw mechanism.Wrong("a known mechanism"),
            Count = evidence.Member("count").Size(),
            Section = evidence.Optional("section")?.Text(),
            SectionOffset = evidence.Optional("sectionOffset")?.Size(),
            Line = (int?)evidence.Optional("line")?.Size(),
            Column = (int?)evidence.Optional("column")?.Size(),
            Context = evidence.Optional("context")?.Text(),
        };
    }
}
