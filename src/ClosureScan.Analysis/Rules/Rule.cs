using ClosureScan.Analysis.Findings;

namespace ClosureScan.Analysis.Rules;

/// <summary>
/// One kind of finding: what it is called, what it means, and how it is found. An own rule is a class that derives from this one and is
/// added to a <see cref="RuleSet"/>; policies, baselines and every report format work for it. A rule has no state of its own.
/// </summary>
public abstract class Rule
{
    /// <summary>The stable name in policies, baselines and reports: small letters and dashes.</summary>
    public abstract string Id { get; }

    /// <summary>What is wrong, in one sentence.</summary>
    public abstract string Title { get; }

    /// <summary>Why it matters.</summary>
    public abstract string Explanation { get; }

    /// <summary>How it is mended, in general; every occurrence has an advice of its own.</summary>
    public abstract string Advice { get; }

    /// <summary>What such bytes look like.</summary>
    public abstract string Example { get; }

    /// <summary>How much it matters where a policy does not say.</summary>
    public virtual Severity Severity => Severity.Error;

    /// <summary>How sure a finding is, in the words of code scanning: <c>very-high</c>, <c>high</c>, <c>medium</c>, <c>low</c>.</summary>
    public virtual string Precision => "high";

    /// <summary>Whether it is a demand of the policy itself, which fails a check whatever effects the policy fails on.</summary>
    internal virtual bool IsDemand => false;

    /// <summary>Finds everything of its kind, in any order.</summary>
    /// <param name="context">The closure, as far as the host needs it.</param>
    /// <param name="cancellationToken">Stops a long search.</param>
    public abstract IEnumerable<Finding> Find(RuleContext context, CancellationToken cancellationToken);
}
