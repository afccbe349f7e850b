using System.Collections.Immutable;
using System.Globalization;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Rules;
using ClosureScan.Evidence;
using ClosureScan.Media;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports;

/// <summary>The sentences that every format tells a finding with.</summary>
internal static class FindingText
{
    // A chain of a whole closure's depth would fill a page; both ends are what a reader needs.
    private const int MaxChain = 12;

    // Longer than any advice of ours; a policy's reason may be longer.
    private const int MaxText = 600;

    /// <summary>The finding in a few words: <c>foreign-reference: curl → gcc-wrapper</c>.</summary>
    public static string Title(ReportedOccurrence item)
    {
        OccurrenceKey key = item.Occurrence.Key;
        return $"{key.Rule}: {key.Package} → {key.Target}";
    }

    /// <summary>What is wrong, what it does, and how to mend it, without line breaks.</summary>
    public static string Message(ReportedOccurrence item, ClosureReport report) =>
        $"{Sentence(item, report)} {Effect(item)} Fix: {Clip(item.Occurrence.Fix)} Chain: {Chain(item.Finding.Chain)}";

    /// <summary>What is wrong, in one sentence.</summary>
    public static string Sentence(ReportedOccurrence item, ClosureReport report)
    {
        Finding finding = item.Finding;
        string place = Place(item);
        string where = Where(item.Occurrence.Evidence);
        string to = finding.To?.Name ?? finding.Target;
        return finding.Rule switch
        {
            RuleIds.ForeignBinary => $"{place} is built for {finding.Target}, not for {report.Host?.System ?? "the host"}.",
            RuleIds.ForeignInterpreter => $"{place} runs through {to} of the build side{where}.",
            RuleIds.ForeignReference => $"{place} names {to} of the build side{where}.",
            RuleIds.UndeclaredReference when finding.To is null => $"{place} names a store path whose hash was scrubbed{where}.",
            RuleIds.UndeclaredReference => $"{place} names {to}, which the store did not register{where}.",
            RuleIds.DanglingInterpreter => $"{place} runs through {to}, which is not there.",
            RuleIds.BuildTool => $"{place} names {to}, which serves builds{where}.",
            RuleIds.HiddenReference => $"{place} names {to} in data that Nix does not search{where}.",
            RuleIds.BuildPath => $"{place} names a directory of the build{where}.",
            RuleIds.ForbiddenReference => $"{place} names {to}, which the policy forbids{where}.",
            RuleIds.SizeBudget => $"The closure of {finding.From.Name} exceeds its budget by {ByteText.Of(finding.ByteCount)}.",
            _ => $"{place}: {(report.Rules.TryFind(finding.Rule, out Rule? rule) ? rule.Title : finding.Rule)} ({to}{where})",
        };
    }

    /// <summary>What the occurrence does on the host, and what mending the finding frees.</summary>
    public static string Effect(ReportedOccurrence item) => (item.Occurrence.Effect, item.Finding.FreedBytes) switch
    {
        (Findings.Effect.Breaks, > 0) => $"It fails when it runs on the host; mending it frees {ByteText.Of(item.Finding.FreedBytes)}.",
        (Findings.Effect.Breaks, _) => "It fails when it runs on the host.",
        (_, > 0) => $"Mending it frees {ByteText.Of(item.Finding.FreedBytes)}.",
        _ => "By itself, mending it frees nothing: something else holds the same paths.",
    };

    /// <summary>The names along a chain; the middle of a long one is counted only.</summary>
    public static string Chain(ImmutableArray<StorePath> chain, Func<StorePath, string>? name = null)
    {
        IEnumerable<string> names = chain.Select(name ?? (path => path.Name));
        return chain.Length <= MaxChain
            ? string.Join(" → ", names)
            : $"{string.Join(" → ", names.Take(MaxChain / 2))} → ({chain.Length - MaxChain} more) → {string.Join(" → ", names.TakeLast(MaxChain / 2))}";
    }

    /// <summary>The text on one line, and no longer than a remark should be.</summary>
    public static string Clip(string text)
    {
        string line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= MaxText ? line : line[..MaxText] + "…";
    }

    private static string Place(ReportedOccurrence item) =>
        item.Occurrence.File is { Length: > 0 } file ? $"{file} of {item.Finding.From.Name}" : item.Finding.From.Name;

    private static string Where(ReferenceEvidence? evidence)
    {
        if (evidence is null)
        {
            return "";
        }

        string place = evidence switch
        {
            { Line: { } line } => string.Create(CultureInfo.InvariantCulture, $"line {line}"),
            { Section: { } section, SectionOffset: { } offset } => string.Create(CultureInfo.InvariantCulture, $"{section}+0x{offset:x}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"byte {evidence.Offset}"),
        };
        return $" ({evidence.Mechanism.ToName()}, {place})";
    }
}
