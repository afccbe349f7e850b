using System.Collections.Immutable;
using System.Globalization;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Evidence;
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
    public static string Title(ReportItem item)
    {
        string target = item.Key.Target;
        return $"{item.Key.Rule.ToName()}: {item.Key.Package} → {target}";
    }

    /// <summary>What is wrong, what it does, and how to mend it, without line breaks.</summary>
    public static string Message(ReportItem item, LeakReport report) =>
        $"{Sentence(item, report)} {Effect(item)} Fix: {Clip(item.Leak.Fix)} Chain: {Chain(item.Leak.Chain)}";

    /// <summary>What is wrong, in one sentence.</summary>
    public static string Sentence(ReportItem item, LeakReport report)
    {
        Leak leak = item.Leak;
        string what = item.Key.Target;
        string place = Place(item);
        return item.Key.Rule switch
        {
            LeakRule.ForeignBinary => $"{place} is built for {leak.Platform ?? what}, not for {report.Host?.System ?? "the host"}.",
            LeakRule.ForeignInterpreter => $"{place} runs through {leak.To.Name} of the build side{Where(item.Evidence)}.",
            LeakRule.ForeignReference => $"{place} names {leak.To.Name} of the build side{Where(item.Evidence)}.",
            LeakRule.UndeclaredReference when leak.To.Equals(leak.From) => $"{place} names a store path whose hash was scrubbed{Where(item.Evidence)}.",
            LeakRule.UndeclaredReference => $"{place} names {leak.To.Name}, which the store did not register{Where(item.Evidence)}.",
            LeakRule.DanglingInterpreter => $"{place} runs through {what}, which NixOS does not have.",
            LeakRule.HiddenReference => $"{place} names {leak.To.Name} in data that Nix does not search{Where(item.Evidence)}.",
            LeakRule.BuildPath => $"{place} names a directory of the build{Where(item.Evidence)}.",
            LeakRule.ForbiddenReference => $"{place} names {leak.To.Name}, which the policy forbids{Where(item.Evidence)}.",
            _ => $"The closure of {leak.From.Name} exceeds its budget by {SizeText.Format(leak.AddedSize)}.",
        };
    }

    /// <summary>What the finding does on the host.</summary>
    public static string Effect(ReportItem item) => (item.Effect, item.Leak.AddedSize) switch
    {
        (LeakEffect.Breaks, > 0) => $"It fails when it runs on the host; mending it frees {SizeText.Format(item.Leak.AddedSize)}.",
        (LeakEffect.Breaks, _) => "It fails when it runs on the host.",
        (_, > 0) => $"Mending it frees {SizeText.Format(item.Leak.AddedSize)}.",
        _ => "By itself, mending it frees nothing: something else holds the same paths.",
    };

    /// <summary>The names along a chain; the middle of a long one is counted only.</summary>
    public static string Chain(ImmutableArray<StorePath> chain)
    {
        IEnumerable<string> names = chain.Select(path => path.Name);
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

    private static string Place(ReportItem item) => item.File switch
    {
        null when item.FileCount > 0 => $"{item.FileCount.ToString("N0", CultureInfo.InvariantCulture)} more {(item.FileCount == 1 ? "file" : "files")} of {item.Leak.From.Name}: each",
        null or "" => item.Leak.From.Name,
        _ => $"{item.File} of {item.Leak.From.Name}",
    };

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
