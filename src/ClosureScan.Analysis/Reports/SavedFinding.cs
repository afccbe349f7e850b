using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports;

/// <summary>Reads one finding of a saved report.</summary>
internal static class SavedFinding
{
    /// <summary>Reads it and checks that it is about the closure.</summary>
    /// <exception cref="ReportFormatException">A member is wrong.</exception>
    public static Leak Read(ReportElement finding, ClosureGraph graph)
    {
        ReportElement rule = finding.Member("rule");
        ReportElement effect = finding.Member("effect");
        LeakRule known = LeakNames.TryParseRule(rule.Text(), out LeakRule parsed) ? parsed : throw rule.Wrong("a known rule");
        return new Leak
        {
            Rule = known,
            Effect = effect.Text() switch
            {
                "breaks" => LeakEffect.Breaks,
                "bloats" => LeakEffect.Bloats,
                _ => throw effect.Wrong("\"breaks\" or \"bloats\""),
            },
            From = ReadEnd(finding.Member("from"), graph),
            To = known == LeakRule.UndeclaredReference ? finding.Member("to").Path() : ReadEnd(finding.Member("to"), graph),
            Evidence = [.. finding.Member("evidence").Items().Select(ReadEvidence)],
            FileCount = finding.Member("files").Size(),
            Chain = [.. finding.Member("chain").Items().Select(path => path.Path())],
            AddedSize = finding.Member("addedSize").Size(),
            Fix = finding.Member("fix").Text(),
            Key = ReadKey(finding.Member("key")),
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
