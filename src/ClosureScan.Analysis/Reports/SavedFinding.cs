using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports;

/// <summary>Reads one finding of a report of schema <c>closurescan/2</c>.</summary>
internal static class SavedFinding
{
    /// <summary>Reads it and checks that it is about the closure.</summary>
    /// <exception cref="ReportFormatException">A member is wrong.</exception>
    public static Finding Read(ReportElement finding, ClosureGraph graph)
    {
        StorePath from = ReadEnd(finding.Member("from"), graph);
        string rule = finding.Member("rule").Text();
        string target = finding.Member("about").Text();
        Finding read = new()
        {
            Number = finding.Optional("number") is { } number ? (int)Math.Min(number.Size(), 1_000_000_000) : 0,
            Rule = rule,
            From = from,
            To = ReadTo(finding, rule, graph),
            Target = target,
            Chain = [.. finding.Member("chain").Items().Select(path => path.Path())],
            Occurrences = [.. finding.Member("occurrences").Items().Select(occurrence => ReadOccurrence(occurrence, rule, from, target))],
            FreedBytes = finding.Member("freedBytes").Size(),
            ByteCount = finding.Member("byteCount").Size(),
            Platform = finding.Optional("platform")?.Text(),
        };
        return read.Occurrences.IsEmpty ? throw finding.Member("occurrences").Wrong("an occurrence") : read;
    }

    /// <summary>What a finding leads to: nothing, where it is about files alone, and its rule is none about references.</summary>
    public static StorePath? ReadTo(ReportElement finding, string rule, ClosureGraph graph) =>
        rule is RuleIds.ForeignInterpreter or RuleIds.ForeignReference or RuleIds.BuildTool ? ReadEnd(finding.Member("to"), graph)
        : finding.Optional("to") is not { } to ? null
        : rule == RuleIds.UndeclaredReference ? to.Path()
        : ReadEnd(to, graph);

    public static StorePath ReadEnd(ReportElement end, ClosureGraph graph)
    {
        StorePath path = end.Path();
        return graph.TryGetNode(path, out _) ? path : throw end.Wrong("one of the report's paths");
    }

    public static Effect ReadEffect(ReportElement effect) => effect.Text() switch
    {
        "breaks" => Effect.Breaks,
        "bloats" => Effect.Bloats,
        _ => throw effect.Wrong("\"breaks\" or \"bloats\""),
    };

    public static ReferenceEvidence ReadEvidence(ReportElement evidence)
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

    private static Occurrence ReadOccurrence(ReportElement occurrence, string rule, StorePath from, string target)
    {
        ReportElement severity = occurrence.Member("severity");
        ReferenceEvidence? evidence = occurrence.Optional("mechanism") is null ? null : ReadEvidence(occurrence);
        return new Occurrence
        {
            Rule = rule,
            Effect = ReadEffect(occurrence.Member("effect")),
            Severity = ReportNames.TryParseSeverity(severity.Text(), out Severity known) ? known : throw severity.Wrong("\"error\", \"warning\" or \"note\""),
            Evidence = evidence,
            Count = evidence?.Count ?? 1,
            Fix = occurrence.Member("fix").Text(),

            // Made anew: what is compared is never older than the rules by which it is.
            Key = new OccurrenceKey(rule, KeyText.OfPackage(from), KeyText.OfFile(evidence?.File, from), evidence?.Mechanism, KeyText.Escape(target)),
            Status = ReadStatus(occurrence),
        };
    }

    private static OccurrenceStatus ReadStatus(ReportElement occurrence)
    {
        ReportElement status = occurrence.Member("status");
        return ReportNames.TryParseState(status.Text(), out OccurrenceState state)
            ? new OccurrenceStatus(state, occurrence.Optional("statusBecause")?.Text(), occurrence.Optional("statusLine")?.Number() ?? 0)
            : throw status.Wrong("\"new\", \"known\", \"allowed\" or \"off\"");
    }
}
