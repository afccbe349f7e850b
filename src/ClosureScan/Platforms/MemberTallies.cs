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
    /// The platform of them all: the highest level of one processor, with what any of them tells besides. Members without
    /// one are left out. Null when there is none, or when the members are of different processors.
    /// </summary>
    public Platform? Common()
    {
        Platform? common = null;
        foreach ((Platform? platform, _, _) in _tallies)
        {
            if (platform is null)
            {
                continue;
            }

            if (common is null)
            {
                common = platform;
                continue;
            }

            if (Processor.Find(common.Cpu) is not { } left || Processor.Find(platform.Cpu) is not { } right
                || left.Family != right.Family || left.Bits != right.Bits || common.Bits != platform.Bits
                || (left.Family == ProcessorFamily.Other && left != right))
            {
                return null;
            }

            common = common with
            {
                Cpu = right.Level > left.Level ? right.Name : left.Name,
                Kernel = common.Kernel ?? platform.Kernel,
                Abi = common.Abi ?? platform.Abi,
                Libc = common.Libc ?? platform.Libc,
            };
        }

        return common;
    }

    private void Increment(int index)
    {
        _last = index;
        _tallies[index] = _tallies[index] with { Count = _tallies[index].Count + 1 };
    }
}
