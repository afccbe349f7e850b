using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;

namespace ClosureScan.Cli.Rendering;

/// <summary>What a reader wants to see of a report's findings. It changes neither their numbers nor the exit code.</summary>
internal sealed record FindingView
{
    /// <summary>What they are put together by.</summary>
    public FindingGrouping Grouping { get; init; }

    /// <summary>Which of them are meant; all when null.</summary>
    public Func<Finding, bool>? Only { get; init; }

    /// <summary>Which of them are shown in full, in place of a line each; null for none.</summary>
    public Func<Finding, bool>? InFull { get; init; }

    /// <summary>The most places of a finding in full; the others are counted.</summary>
    public int FilesShown { get; init; } = 5;

    /// <summary>The most groups; null for as many as a screen holds.</summary>
    public int? Top { get; init; }

    /// <summary>The sections of a report, each with what is meant of it.</summary>
    public ImmutableArray<FindingSection> SectionsOf(IEnumerable<FindingGroup> groups, PathLabels labels)
    {
        IEnumerable<FindingSection> sections = Grouping switch
        {
            FindingGrouping.Tree => groups.Select(group => new FindingSection(group, group.Rule ?? "", group.Findings)),
            FindingGrouping.Package => Regroup(groups, finding => labels.Name(finding.From)),
            FindingGrouping.Rule => Regroup(groups, finding => finding.Rule),
            _ => Regroup(groups, _ => ""),
        };
        return [.. sections.Select(section => section with { Findings = [.. section.Findings.Where(finding => Only?.Invoke(finding) != false)] }).Where(section => !section.Findings.IsEmpty)];
    }

    /// <summary>The same findings by something else, in the order in which each of these comes first.</summary>
    private static IEnumerable<FindingSection> Regroup(IEnumerable<FindingGroup> groups, Func<Finding, string> key) =>
        groups.SelectMany(group => group.Findings).GroupBy(key).Select(group => new FindingSection(null, group.Key, [.. group]));
}
