using System.Collections.Immutable;

namespace ClosureScan.Platforms;

/// <summary>Counts the members of an archive or of a fat binary by platform, in the order of their first members.</summary>
internal sealed class MemberTallies
{
    /// <summary>An archive has one platform at its different levels; a fat binary at most 19. Beyond this, members are counted as unknown.</summary>
    private const int MaxPlatforms = 64;

    private readonly List<(Platform? Platform, int Count, string First)> _tallies = [];
    private int _last;

    /// <summary>The number of members counted.</summary>
    public int Count { get; private set; }

    /// <summary>Counts a member. True when it is the first of its platform and wants a name: <see cref="NameLast"/>.</summary>
    public bool Add(Platform? platform)
    {
        Count++;
        platform = _tallies.Count < MaxPlatforms ? platform : null;
        if (_last < _tallies.Count && Equals(_tallies[_last].Platform, platform))
        {
            Increment(_last);
            return false;
        }

        for (int i = 0; i < _tallies.Count; i++)
        {
            if (Equals(_tallies[i].Platform, platform))
            {
                Increment(i);
                return false;
            }
        }

        _last = _tallies.Count;
        _tallies.Add((platform, 1, ""));
        return true;
    }

    /// <summary>Names the member that was counted last.</summary>
    public void NameLast(string name) => _tallies[_last] = _tallies[_last] with { First = name };

    /// <summary>The counts.</summary>
    public ImmutableArray<MemberTally> ToImmutable()
    {
        ImmutableArray<MemberTally>.Builder tallies = ImmutableArray.CreateBuilder<MemberTally>(_tallies.Count);
        foreach ((Platform? platform, int count, string first) in _tallies)
        {
            tallies.Add(new MemberTally(platform, count, first));
        }

        return tallies.MoveToImmutable();
    }

    /// <summary>
    /// The platform of them all: the processor at the level of most members, with what any of them tells besides. Members
    /// without a platform are left out. Null when there is none, or when the members are of different processors.
    /// </summary>
    /// <remarks>The highest level would be wrong: a library for armv5tel may bring single functions for armv7l, chosen as it runs.</remarks>
    public Platform? Common()
    {
        Platform? common = null;
        int most = 0;
        foreach ((Platform? platform, _, _) in _tallies)
        {
            if (platform is null)
            {
                continue;
            }

            if (common is not null && !AreLevelsOfOne(common, platform))
            {
                return null;
            }

            // A level that is not told loses against any that is.
            int members = Processor.Find(platform.Cpu) is { Level: > 0 } ? CountOf(platform.Cpu) : 0;
            bool isMore = common is null || members > most;
            most = isMore ? members : most;
            common = (common ?? platform) with
            {
                Cpu = isMore ? platform.Cpu : common!.Cpu,
                Kernel = common?.Kernel ?? platform.Kernel,
                Abi = common?.Abi ?? platform.Abi,
                Libc = common?.Libc ?? platform.Libc,
            };
        }

        return common;
    }

    private static bool AreLevelsOfOne(Platform left, Platform right) =>
        left.Bits == right.Bits
        && Processor.Find(left.Cpu) is { } one && Processor.Find(right.Cpu) is { } other
        && (one == other || (one.Family == other.Family && one.Bits == other.Bits && one.Family != ProcessorFamily.Other));

    private int CountOf(string cpu)
    {
        int count = 0;
        foreach ((Platform? platform, int members, _) in _tallies)
        {
            count += platform?.Cpu == cpu ? members : 0;
        }

        return count;
    }

    private void Increment(int index)
    {
        _last = index;
        _tallies[index] = _tallies[index] with { Count = _tallies[index].Count + 1 };
    }
}
