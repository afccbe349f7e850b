using System.Collections.Immutable;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// Files for several platforms, such as fat Mach-O: the census tells no platform of them, as it does not know the host. Once that is known they
/// count as built for the platform that it runs, or where there is none, for their first: what holds several platforms, none of which the host runs, is foreign.
/// </summary>
internal static class FatFiles
{
    /// <summary>The closure with each such file among the files of one platform.</summary>
    public static ScannedClosure Settle(ScannedClosure closure, Platform host) => closure.Paths.Any(path => path.Scan?.Platforms.Any(HasFatFile) == true)
        ? closure with { Paths = [.. closure.Paths.Select(path => path.Scan is { } scan && scan.Platforms.Any(HasFatFile) ? path with { Scan = Settle(scan, host) } : path)] }
        : closure;

    private static PathScan Settle(PathScan scan, Platform host)
    {
        IEnumerable<PlatformTally> settled = scan.Platforms.SelectMany(tally => tally.Platform is null ? Split(tally, host) : [tally]);
        return scan with { Platforms = [.. settled.GroupBy(tally => (tally.Role, tally.Platform, tally.Domain)).Select(Join).OrderByDescending(tally => tally.FileCount)] };
    }

    private static IEnumerable<PlatformTally> Split(PlatformTally tally, Platform host)
    {
        ILookup<bool, IdentifiedFile> files = tally.Files.ToLookup(IsFat);
        foreach (IGrouping<Platform, IdentifiedFile> group in files[true].GroupBy(file => PlatformOf(file, host)))
        {
            yield return tally with { Platform = group.Key, FileCount = group.Count(), ByteCount = group.Sum(file => file.Size), Files = [.. group] };
        }

        long rest = tally.FileCount - files[true].Count();
        if (rest > 0)
        {
            yield return tally with { FileCount = rest, ByteCount = tally.ByteCount - files[true].Sum(file => file.Size), Files = [.. files[false]] };
        }
    }

    private static PlatformTally Join(IEnumerable<PlatformTally> tallies) => tallies.Aggregate(static (left, right) => left with
    {
        FileCount = left.FileCount + right.FileCount,
        ByteCount = left.ByteCount + right.ByteCount,
        Files = [.. left.Files, .. right.Files],
    });

    private static bool HasFatFile(PlatformTally tally) => tally.Platform is null && tally.Files.Any(IsFat);

    /// <summary>Whether it is code for several platforms. An archive may have members of several, and is no program.</summary>
    private static bool IsFat(IdentifiedFile file) =>
        file.Identity is { Platform: null, Role: not (FileRole.Archive or FileRole.None) } && file.Identity.Members.Count(member => member.Platform is not null) > 1;

    private static Platform PlatformOf(IdentifiedFile file, Platform host)
    {
        ImmutableArray<Platform> platforms = [.. file.Identity.Members.Select(member => member.Platform).OfType<Platform>()];
        return platforms.FirstOrDefault(platform => PlatformCompatibility.Runs(platform, host) != Compatibility.No) ?? platforms[0];
    }
}
