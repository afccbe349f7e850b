using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Findings;

/// <summary>
/// One place that holds a reference, or one file of the wrong platform: what a packager mends, a policy allows, a baseline knows and an
/// advice is for. All hits of one mechanism in a file are one occurrence, as bad as the worst of them. Immutable.
/// </summary>
public sealed record Occurrence
{
    /// <summary>The rule that it breaks; see <see cref="RuleIds"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>What it does on the host.</summary>
    public required Effect Effect { get; init; }

    /// <summary>How much it matters, by the rule's default or the policy's word.</summary>
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>The worst hit: file, byte, what carries it. Null when only the store's metadata tells of it.</summary>
    public ReferenceEvidence? Evidence { get; init; }

    /// <summary>How often the file holds it by this mechanism, at least 1.</summary>
    public long Count { get; init; } = 1;

    /// <summary>What to do about it, in one sentence or two.</summary>
    public required string Fix { get; init; }

    /// <summary>What identifies it across rebuilds.</summary>
    public required OccurrenceKey Key { get; init; }

    /// <summary>What a policy and a baseline say of it.</summary>
    public OccurrenceStatus Status { get; init; } = OccurrenceStatus.New;

    /// <summary>The file inside the finding's path, without a leading slash; empty for the path itself, null when it is not known.</summary>
    public string? File => Evidence?.File;

    /// <summary>What carries it; null when it is not known.</summary>
    public Mechanism? Mechanism => Evidence?.Mechanism;

    /// <summary>For text: the line of the worst hit, from 1.</summary>
    public int? Line => Evidence?.Line;
}
