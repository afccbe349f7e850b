using System.Globalization;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>Counts what speaks for which platform. Levels of one processor are one platform.</summary>
internal sealed class PlatformVotes
{
    private readonly Dictionary<(ProcessorFamily, int, string), Candidate> _candidates = [];

    /// <summary>Whether nobody has voted.</summary>
    public bool IsEmpty => _candidates.Count == 0;

    /// <summary>Counts votes.</summary>
    /// <param name="platform">For which platform.</param>
    /// <param name="weight">How much they weigh together.</param>
    /// <param name="reason">What votes, as <see cref="Describe"/> counts it: <c>program</c>.</param>
    /// <param name="count">How many of them there are.</param>
    public void Add(Platform platform, long weight, string reason, long count = 1)
    {
        (ProcessorFamily, int, string) key = (Processor.Find(platform.Cpu)?.Family ?? ProcessorFamily.Other, platform.Bits, platform.Kernel ?? "linux");
        if (!_candidates.TryGetValue(key, out Candidate? candidate))
        {
            _candidates.Add(key, candidate = new Candidate());
        }

        candidate.Weight += weight;
        candidate.Levels[platform] = candidate.Levels.GetValueOrDefault(platform) + weight;
        candidate.Reasons[reason] = candidate.Reasons.GetValueOrDefault(reason) + count;
    }

    /// <summary>The platform with more votes than any other; null when there is none, or two have the same.</summary>
    public Platform? Winner()
    {
        Candidate[] ordered = [.. _candidates.Values.OrderByDescending(candidate => candidate.Weight)];
        return ordered.Length == 0 || (ordered.Length > 1 && ordered[0].Weight == ordered[1].Weight) ? null : ordered[0].Platform;
    }

    /// <summary>Every platform with what speaks for it, the strongest first: <c>x86_64-linux: 20 programs, 1 link</c>.</summary>
    public IEnumerable<string> Describe() =>
        from candidate in _candidates.Values
        orderby candidate.Weight descending, candidate.Platform.System
        select $"{candidate.Platform.System}: {string.Join(", ", candidate.Reasons.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Value} {(reason.Value == 1 ? reason.Key : Plural(reason.Key))}")))}";

    /// <summary>Counts what others counted, too.</summary>
    public void Add(PlatformVotes others)
    {
        foreach (Candidate candidate in others._candidates.Values)
        {
            foreach ((string reason, long count) in candidate.Reasons)
            {
                Add(candidate.Platform, 0, reason, count);
            }
        }
    }

    /// <summary>Its first word in the plural: <c>links of a root</c>.</summary>
    private static string Plural(string reason) =>
        reason.IndexOf(' ', StringComparison.Ordinal) is > 0 and int space ? $"{reason[..space]}s{reason[space..]}" : reason + "s";

    private sealed class Candidate
    {
        public long Weight { get; set; }

        public Dictionary<Platform, long> Levels { get; } = [];

        public SortedDictionary<string, long> Reasons { get; } = new(StringComparer.Ordinal);

        /// <summary>The level of most votes; one that is not told loses against any that is.</summary>
        public Platform Platform => Levels.OrderByDescending(level => Processor.Find(level.Key.Cpu) is { Level: > 0 } ? 1 : 0)
            .ThenByDescending(level => level.Value).ThenBy(level => level.Key.Libc is null).ThenBy(level => level.Key.System, StringComparer.Ordinal).First().Key;
    }
}
