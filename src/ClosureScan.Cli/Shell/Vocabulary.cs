using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Rules;
using ClosureScan.Evidence;

namespace ClosureScan.Cli.Shell;

/// <summary>The names that findings and policies are made of, each with what it means. Help, the manual page, completions and the README list them from here.</summary>
internal static class Vocabulary
{
    /// <summary>What <c>rules:</c>, <c>rule:</c>, --show and --only take.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Rules { get; } = [.. RuleSet.Default.Rules.Select(rule => (rule.Id, rule.Title))];

    /// <summary>What carries a reference.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Mechanisms { get; } = [.. MechanismTexts.All.Select(text => (text.Mechanism.ToName(), text.Meaning))];

    /// <summary>What <c>compare:</c> takes.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Differences { get; } = [.. DifferenceKinds.Values.Select(kind => (kind.ToName(), kind.Title()))];

    /// <summary>What <c>catalogue:</c> takes: kinds of foreign code that are right where they are.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Kinds { get; } = [.. LegitimateKinds.All.Select(kind => (kind.ToName(), kind.Reason()))];
}
