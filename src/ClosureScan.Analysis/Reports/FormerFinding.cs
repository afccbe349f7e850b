using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Reports;

/// <summary>Reads one finding of a report of schema <c>closurescan/1</c>, where effect and advice are those of the whole finding.</summary>
internal static class FormerFinding
{
    /// <summary>Reads it and checks that it is about the closure.</summary>
    /// <exception cref="ReportFormatException">A member is wrong.</exception>
    public static Finding Read(ReportElement finding, ClosureGraph graph)
    {
        StorePath from = SavedFinding.ReadEnd(finding.Member("from"), graph);
        string rule = finding.Member("rule").Text();
        StorePath to = rule == RuleIds.UndeclaredReference ? finding.Member("to").Path() : SavedFinding.ReadEnd(finding.Member("to"), graph);
        bool isOfFiles = to.Equals(from);

        // A package's name was another where its interpreter's version stands in it: what is compared is never older than the rules by which it is.
        string target = ReadTarget(finding.Member("key")) is var told && isOfFiles ? told : PackageNames.Of(to);
        long freed = finding.Member("addedSize").Size();
        Occurrence occurrence = new()
        {
            Rule = rule,
            Effect = SavedFinding.ReadEffect(finding.Member("effect")),
            Fix = finding.Member("fix").Text(),
            Key = new OccurrenceKey(rule, KeyText.OfPackage(from), OccurrenceKey.NoFile, null, KeyText.Escape(target)),
        };
        ReferenceEvidence[] evidence = [.. finding.Member("evidence").Items().Select(SavedFinding.ReadEvidence)];
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

    private static string ReadTarget(ReportElement key) => key.Text().Split(':', 3) is [_, _, var target] ? target : throw key.Wrong("RULE:PACKAGE:TARGET");
}
