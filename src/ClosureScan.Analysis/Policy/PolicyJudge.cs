using System.Collections.Immutable;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Leaks;

namespace ClosureScan.Analysis.Policy;

/// <summary>Judges a report by a policy.</summary>
public sealed class PolicyJudge
{
    private readonly ClosurePolicy _policy;
    private readonly PolicyOptions _options;
    private readonly DateOnly _today;
    private readonly bool[] _isMatched;
    private readonly List<JudgedLeak> _findings = [];
    private readonly List<SuppressedLeak> _suppressed = [];

    private PolicyJudge(ClosurePolicy policy, PolicyOptions options)
    {
        _policy = policy;
        _options = options;
        _today = DateOnly.FromDateTime(options.Clock.GetUtcNow().UtcDateTime);
        _isMatched = new bool[policy.Allow.Length];
    }

    /// <summary>Judges <paramref name="report"/>. Equal inputs on the same day give equal verdicts.</summary>
    public static PolicyVerdict Judge(LeakReport report, ClosurePolicy policy, PolicyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(policy);
        return new PolicyJudge(policy, options ?? PolicyOptions.Default).Judge(report);
    }

    private PolicyVerdict Judge(LeakReport report)
    {
        ImmutableArray<BudgetResult> budgets = [.. _policy.Budgets.SelectMany(budget => BudgetJudge.Judge(report, budget, _options.Baseline))];
        ForbiddenReferences forbidden = new(report);
        IEnumerable<Leak> leaks =
        [
            .. report.Leaks,
            .. _policy.Forbid.SelectMany(forbidden.Find),
            .. budgets.Where(result => result.State == BudgetState.Exceeded).Select(BudgetJudge.ToLeak),
        ];
        ImmutableArray<ImmutableArray<Share>> shares = [.. leaks.Select(SharesOf)];
        Dictionary<BaselineKey, long> places = CountPlaces(shares);
        BaselineComparison? comparison = _options.Baseline is { } baseline ? new BaselineComparison(baseline, places) : null;
        foreach (ImmutableArray<Share> finding in shares)
        {
            Add(finding, comparison);
        }

        ImmutableArray<StaleEntry> stale = [.. StaleEntries()];
        ImmutableArray<BaselineEntry> gone = [.. comparison?.Gone() ?? []];
        ImmutableArray<string> gaps = ScanGaps.Find(report);
        bool fails = _findings.Any(finding => finding.Fails) || (_options.IsStrict && (!stale.IsEmpty || !gone.IsEmpty));
        return new PolicyVerdict
        {
            Report = report,
            Policy = _policy,
            Outcome = ScanGaps.IsEmpty(report) ? VerdictOutcome.Nothing
                : !gaps.IsEmpty ? VerdictOutcome.Incomplete
                : budgets.Any(result => result.State == BudgetState.NotJudged) ? VerdictOutcome.Misconfigured
                : fails ? VerdictOutcome.Failed
                : VerdictOutcome.Passed,
            Findings = [.. _findings.OrderByDescending(finding => finding.Fails)],
            Suppressed = [.. _suppressed],
            Stale = stale,
            Budgets = budgets,
            Gaps = gaps,
            Entries = new Baseline(places.Select(place => new BaselineEntry(place.Key, place.Value)), []).Entries,
            Gone = gone,
            Grown = [.. comparison?.Grown() ?? []],
        };
    }

    /// <summary>Takes a finding apart, file by file. Allow entries are matched here, once.</summary>
    private ImmutableArray<Share> SharesOf(Leak leak) =>
    [
        .. from part in LeakPart.Split(leak)
           let entry = FindEntry(part)
           let level = _policy.LevelOf(part.Rule)
           select new Share(part, entry, level, entry is null && level != RuleLevel.Off ? part.Key : null),
    ];

    private static Dictionary<BaselineKey, long> CountPlaces(ImmutableArray<ImmutableArray<Share>> findings)
    {
        Dictionary<BaselineKey, long> places = [];
        foreach (Share share in findings.SelectMany(shares => shares))
        {
            if (share.Key is { } key)
            {
                places[key] = places.GetValueOrDefault(key) + share.Part.Places;
            }
        }

        return places;
    }

    /// <summary>Joins again those files of a finding that are judged alike.</summary>
    private void Add(ImmutableArray<Share> shares, BaselineComparison? comparison)
    {
        foreach (IGrouping<(AllowEntry? Entry, RuleLevel Level, bool IsKnown, bool Fails), Share> alike in shares.GroupBy(share => Judge(share, comparison)))
        {
            Leak leak = LeakPart.Join([.. alike.Select(share => share.Part)], shares.Length);
            if (alike.Key.Entry is not null || alike.Key.Level == RuleLevel.Off)
            {
                _suppressed.Add(new SuppressedLeak(leak, alike.Key.Entry));
            }
            else
            {
                _findings.Add(new JudgedLeak(leak, alike.Key.Level, alike.Key.IsKnown, alike.Key.Fails));
            }
        }
    }

    private (AllowEntry? Entry, RuleLevel Level, bool IsKnown, bool Fails) Judge(Share share, BaselineComparison? comparison)
    {
        if (share.Key is not { } key)
        {
            // Which rule an accepted file would have broken does not part it from the others that the entry accepts.
            return (share.Entry, share.Entry is null ? share.Level : RuleLevel.Error, false, false);
        }

        bool isKnown = comparison?.IsKnown(key) == true;
        return (null, share.Level, isKnown, share.Level == RuleLevel.Error && !isKnown && _policy.FailOn.IsReachedBy(share.Part.Effect));
    }

    /// <summary>The first entry that accepts the file. An expired one accepts nothing; that it would have is remembered.</summary>
    private AllowEntry? FindEntry(LeakPart part)
    {
        for (int i = 0; i < _isMatched.Length; i++)
        {
            AllowEntry entry = _policy.Allow[i];
            if (AllowMatch.IsMatch(entry, part))
            {
                _isMatched[i] = true;
                if (!entry.IsExpired(_today))
                {
                    return entry;
                }
            }
        }

        return null;
    }

    private IEnumerable<StaleEntry> StaleEntries()
    {
        for (int i = 0; i < _isMatched.Length; i++)
        {
            AllowEntry entry = _policy.Allow[i];
            bool expired = entry.IsExpired(_today);
            if (expired || !_isMatched[i])
            {
                yield return new StaleEntry(entry, expired, _isMatched[i]);
            }
        }
    }

    /// <summary>A file of a finding, the entry that accepts it, and otherwise the key that a baseline knows it by.</summary>
    private sealed record Share(LeakPart Part, AllowEntry? Entry, RuleLevel Level, BaselineKey? Key);
}
