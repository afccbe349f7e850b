using System.Globalization;

namespace ClosureScan.Analysis.Policy;

/// <summary>Looks a policy over with the closure at hand.</summary>
internal static class PolicyWarnings
{
    /// <summary>Two weeks: the time in which a sprint's review comes around.</summary>
    private const int DaysBeforeExpiry = 14;

    public static IEnumerable<PolicyWarning> Find(ClosurePolicy policy, ClosureReport report, DateOnly today)
    {
        if (report.HostFrom.Contradiction is { } contradiction)
        {
            yield return new PolicyWarning(contradiction, 0);
        }

        foreach (AllowEntry entry in policy.Allow)
        {
            if (entry.Expires is { } day && !entry.IsExpired(today) && day.DayNumber - today.DayNumber <= DaysBeforeExpiry)
            {
                int days = day.DayNumber - today.DayNumber;
                string when = days switch { 0 => "today", 1 => "tomorrow", _ => string.Create(CultureInfo.InvariantCulture, $"in {days} days") };
                yield return new PolicyWarning($"allow entry \"{entry}\" holds until {when}; then what it accepts fails: mend it, or say a later day", entry.Line);
            }

            if (entry is { Package.Text: "*" or "**", Target: null })
            {
                yield return new PolicyWarning($"allow entry \"{entry}\" accepts this of every package, those to come among them: say a target, or the packages that are meant", entry.Line);
            }
        }
    }
}
