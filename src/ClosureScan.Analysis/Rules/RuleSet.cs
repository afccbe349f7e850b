using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace ClosureScan.Analysis.Rules;

/// <summary>The rules of an analysis, in the order in which reports list them. Immutable.</summary>
public sealed class RuleSet
{
    private RuleSet(ImmutableArray<Rule> rules) => Rules = rules;

    /// <summary>The rules that come with the library.</summary>
    public static RuleSet Default { get; } = new(
    [
        new ForeignBinaryRule(),
        new ForeignInterpreterRule(),
        new ForeignReferenceRule(),
        new UndeclaredReferenceRule(),
        new DanglingInterpreterRule(),
        new HiddenReferenceRule(),
        new BuildPathRule(),
        new BuildToolRule(),
        new ForbiddenReferenceRule(),
        new SizeBudgetRule(),
    ]);

    /// <summary>The rules.</summary>
    public ImmutableArray<Rule> Rules { get; }

    /// <summary>The rules with one more at the end.</summary>
    /// <exception cref="ArgumentException">There is a rule of that name, or the name is none: small letters, digits and dashes.</exception>
    public RuleSet Add(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (string.IsNullOrEmpty(rule.Id) || rule.Id.Any(character => character != '-' && !char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character)))
        {
            throw new ArgumentException($"\"{rule.Id}\" is no name of a rule: write it with small letters and dashes.", nameof(rule));
        }

        return TryFind(rule.Id, out _)
            ? throw new ArgumentException($"There is a rule \"{rule.Id}\" already.", nameof(rule))
            : new RuleSet(Rules.Add(rule));
    }

    /// <summary>The rules without one.</summary>
    public RuleSet Remove(string id) => new(Rules.RemoveAll(rule => rule.Id == id));

    /// <summary>The rule of that name. False when there is none.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out Rule? rule)
    {
        rule = Rules.FirstOrDefault(candidate => candidate.Id == id);
        return rule is not null;
    }
}
