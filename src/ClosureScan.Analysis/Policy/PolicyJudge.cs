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
    private readonly HashSet<BaselineKey> _keys = [];

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
        foreach (Leak leak in leaks)
        {
            Add(leak);
        }

        ImmutableArray<StaleEntry> stale = [.. StaleEntries()];
        ImmutableArray<BaselineKey> gone = _options.Baseline is null ? [] : [.. _options.Baseline.Keys.Where(key => key.UnnamedFiles == 0 && !_keys.Contains(key))];
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
            Keys = [.. BaselineKey.Sort(_keys)],
            Gone = gone,
        };
    }

    /// <summary>Takes a finding file by file, and joins again what is judged alike.</summary>
    private void Add(Leak leak)
    {
        ImmutableArray<LeakPart> parts = LeakPart.Split(leak);
        foreach (IGrouping<AllowEntry?, LeakPart> allowed in parts.GroupBy(FindEntry).ToArray())
        {
            if (allowed.Key is not null)
            {
                _suppressed.Add(new SuppressedLeak(LeakPart.Join([.. allowed], parts.Length), allowed.Key));
                continue;
            }

            foreach (IGrouping<(RuleLevel Level, bool IsKnown, bool Fails), LeakPart> alike in allowed.GroupBy(Judge))
            {
                Leak rest = LeakPart.Join([.. alike], parts.Length);
                if (alike.Key.Level == RuleLevel.Off)
                {
                    _suppressed.Add(new SuppressedLeak(rest, null));
                    continue;
                }

                _keys.UnionWith(alike.Select(part => part.Key));
                _findings.Add(new JudgedLeak(rest, alike.Key.Level, alike.Key.IsKnown, alike.Key.Fails));
            }
        }
    }

    private (RuleLevel Level, bool IsKnown, bool Fails) Judge(LeakPart part)
    {
        RuleLevel level = _policy.LevelOf(part.Rule);
        bool isKnown = IsKnown(part);
        return (level, isKnown, level == RuleLevel.Error && !isKnown && _policy.FailOn.IsReachedBy(part.Effect));
    }

    private bool IsKnown(LeakPart part) => _options.Baseline?.Knows(part.Key) == true;

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
}
