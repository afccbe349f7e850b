using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports;

/// <summary>Reads one finding of a saved report.</summary>
internal static class SavedFinding
{
    /// <summary>Reads it and checks that it is about the closure.</summary>
    /// <exception cref="ReportFormatException">A member is wrong.</exception>
    public static Finding Read(ReportElement finding, ClosureGraph graph)
    {
        ReportElement effect = finding.Member("effect");
        StorePath from = ReadEnd(finding.Member("from"), graph);
        string rule = finding.Member("rule").Text();
        StorePath to = rule == RuleIds.UndeclaredReference ? finding.Member("to").Path() : ReadEnd(finding.Member("to"), graph);
        string key = ReadKey(finding.Member("key"));
        string target = key.Split(':', 3)[^1];
        long freed = finding.Member("addedSize").Size();
        bool isOfFiles = to.Equals(from);
        Occurrence occurrence = new()
        {
            Rule = rule,
            Effect = effect.Text() switch
            {
                "breaks" => Effect.Breaks,
                "bloats" => Effect.Bloats,
                _ => throw effect.Wrong("\"breaks\" or \"bloats\""),
            },
            Fix = finding.Member("fix").Text(),
            Key = new OccurrenceKey(rule, KeyText.OfPackage(from), OccurrenceKey.NoFile, null, KeyText.Escape(target)),
        };
        ReferenceEvidence[] evidence = [.. finding.Member("evidence").Items().Select(ReadEvidence)];
        return new Finding
        {
            Rule = rule,
            From = from,
            To = isOfFiles ? null : to,
            Target = target,
            Occurrences = evidence.Length == 0 ? [occurrence] :
            [
                .. evidence.Select(item => occurrence with
                {
                    Evidence = item,
                    Count = item.Count,
                    Key = occurrence.Key with { File = KeyText.OfFile(item.File, from), Mechanism = item.Mechanism },
                }),
            ],
            Chain = [.. finding.Member("chain").Items().Select(path => path.Path())],
            FreedBytes = isOfFiles ? 0 : freed,
            ByteCount = isOfFiles ? freed : 0,
            Platform = finding.Optional("platform")?.Text(),
        };
    }

    private static string ReadKey(ReportElement key) => key.Text().Split(':', 3).Length == 3 ? key.Text() : throw key.Wrong("RULE:PACKAGE:TARGET");

    private static StorePath ReadEnd(ReportElement end, ClosureGraph graph)
    {
        StorePath path = end.Path();
        return graph.TryGetNode(path, out _) ? path : throw end.Wrong("one of the report's paths");
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
            Line = evidence.Optional("line")?.Number(),
            Column = evidence.Optional("column")?.Number(),
            Context = evidence.Optional("context")?.Text(),
        };
    }
}
