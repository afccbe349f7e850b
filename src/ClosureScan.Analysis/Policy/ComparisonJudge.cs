using System.Collections.Immutable;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Comparing.Classes;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Policy;

/// <summary>Judges a comparison: by a level, by a policy's word on kinds of differences, and by what a manifest knows of each package already.</summary>
internal sealed class ComparisonJudge
{
    private readonly ClosurePolicy _policy;
    private readonly ComparisonLevel? _failOn;
    private readonly Dictionary<(string, string?), ComparisonLevel> _known = [];

    /// <summary>Makes a judge.</summary>
    /// <param name="failOn">The least level that fails; null when none does.</param>
    /// <param name="policy">The policy; null without one.</param>
    /// <param name="baseline">A manifest of an earlier comparison: a package that is no less equal than then does not fail. Null without one.</param>
    public ComparisonJudge(ComparisonLevel? failOn, ClosurePolicy? policy = null, ClosureClasses? baseline = null)
    {
        (_failOn, _policy) = (failOn, policy ?? ClosurePolicy.Default);
        foreach (PathClass path in baseline?.Native.Classes ?? [])
        {
            if (path.Level is { } level)
            {
                (string, string?) key = Key(path.Info.Path);
                _known[key] = _known.TryGetValue(key, out ComparisonLevel other) && other > level ? other : level;
            }
        }
    }

    /// <summary>What the policy makes of a difference.</summary>
    public RuleLevel LevelOf(Difference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        return _policy.Compare.TryGetValue(difference.Kind, out RuleLevel level) ? level
            : difference.Level == ComparisonLevel.Different ? RuleLevel.Error
            : RuleLevel.Note;
    }

    /// <summary>Whether the baseline knows the pair, at this level or a worse one.</summary>
    public bool IsKnown(PathPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return _known.TryGetValue(Key(pair.Native), out ComparisonLevel level) && pair.Level <= level;
    }

    /// <summary>Whether a pair fails: an error of the policy at any level, or else its level as far as its differences are not lowered.</summary>
    public bool Fails(PathPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        if (_failOn is not { } least || IsKnown(pair))
        {
            return false;
        }

        if (pair.Differences.IsEmpty)
        {
            return pair.Level >= least;
        }

        // What a policy raises fails whatever its level; what it lowers does not fail, however bad.
        return pair.Differences.Any(difference => _policy.Compare.TryGetValue(difference.Kind, out RuleLevel level)
            ? level == RuleLevel.Error
            : difference.Level >= least);
    }

    /// <summary>The pairs that fail, in the comparison's order.</summary>
    public ImmutableArray<PathPair> Failing(ClosureComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return [.. comparison.Pairs.Where(Fails)];
    }

    /// <summary>A package's output, over rebuilds and updates.</summary>
    private static (string Package, string? Output) Key(StorePath path)
    {
        StorePathName name = StorePathName.Parse(path.Name);
        return (name.PackageName, name.Output);
    }
}
