using System.Collections.Immutable;
using ClosureScan.Platforms;

namespace ClosureScan.Evidence;

/// <summary>
/// Counts the binaries and scripts of one path by role and platform, and names them all.
/// </summary>
internal sealed class PlatformCensus(RemarkBook remarks)
{
    /// <summary>More kinds than real paths have; a hostile one cannot make the census grow. What is beyond counts as a platform that cannot be told.</summary>
    private const int MaxTallies = 512;

    /// <summary>
    /// What names, run paths and library names may take, in characters: a path with 100,000 programs has some 10 million. The names of a hostile one
    /// could take gigabytes; what is beyond is counted and not named, so that who needs the names sees that some are missing.
    /// </summary>
    private const long MaxText = 16 * 1024 * 1024;

    private readonly Dictionary<(FileRole Role, Platform? Platform, FileDomain Domain), Tally> _tallies = [];

    private long _text;

    /// <summary>Takes a file. Data and plain text are not part of the census.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="size">Its length in bytes.</param>
    /// <param name="narOffset">Where it lies in the NAR.</param>
    /// <param name="executable">Whether it has an executable bit.</param>
    /// <param name="identity">What it is.</param>
    /// <param name="member">For what came out of a container: where in that file it lies.</param>
    /// <param name="memberPath">And its path there.</param>
    public void Add(
        ReadOnlySpan<byte> path, long size, long narOffset, bool executable, FileIdentity identity, string? member = null, ReadOnlySpan<byte> memberPath = default)
    {
        if (identity.Role == FileRole.None)
        {
            return;
        }

        FileDomain domain = identity.Platform is null ? FileDomain.System : FileDomains.Of(member is null ? path : memberPath);
        if (domain != FileDomain.System)
        {
            identity = identity with { Role = FileRole.Auxiliary };
        }

        if (!_tallies.TryGetValue((identity.Role, identity.Platform, domain), out Tally? tally))
        {
            bool hasRoom = _tallies.Count < MaxTallies;
            if (!hasRoom)
            {
                remarks.Add(ScanRemarkKind.CensusBounded, path);
            }

            (FileRole, Platform?, FileDomain) kind = (identity.Role, hasRoom ? identity.Platform : null, domain);
            if (!_tallies.TryGetValue(kind, out tally))
            {
                tally = new Tally();
                _tallies.Add(kind, tally);
            }
        }

        tally.FileCount++;
        tally.ByteCount += size;
        _text += path.Length + LengthOf(identity) + (member?.Length ?? 0);
        if (_text > MaxText)
        {
            remarks.Add(ScanRemarkKind.CensusBounded, path);
            return;
        }

        tally.Files.Add(new IdentifiedFile(PrintableText.From(path), size, narOffset, executable, identity) { Member = member });
    }

    /// <summary>The census since the last call, most files first. It is then empty.</summary>
    public ImmutableArray<PlatformTally> Drain()
    {
        ImmutableArray<PlatformTally> result = Sorted(_tallies.Select(static entry => entry.Value.ToResult(entry.Key.Role, entry.Key.Platform, entry.Key.Domain)));
        Clear();
        return result;
    }

    /// <summary>The census of consecutive parts of a path as that of the whole. False where that meets a bound.</summary>
    public static bool TryJoin(ImmutableArray<PlatformTally>[] parts, out ImmutableArray<PlatformTally> whole)
    {
        whole = Sorted(parts.SelectMany(static part => part).GroupBy(static tally => (tally.Role, tally.Platform, tally.Domain)).Select(static kind => new PlatformTally
        {
            Role = kind.Key.Role,
            Platform = kind.Key.Platform,
            Domain = kind.Key.Domain,
            FileCount = kind.Sum(static tally => tally.FileCount),
            ByteCount = kind.Sum(static tally => tally.ByteCount),
            Files = [.. kind.SelectMany(static tally => tally.Files)],
        }));
        return whole.Length <= MaxTallies && whole.Sum(static tally => tally.Files.Sum(static file => System.Text.Encoding.UTF8.GetByteCount(file.File) + LengthOf(file.Identity))) <= MaxText;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _tallies.Clear();
        _text = 0;
    }

    private static ImmutableArray<PlatformTally> Sorted(IEnumerable<PlatformTally> tallies) =>
    [
        .. tallies.OrderByDescending(static tally => tally.FileCount)
            .ThenBy(static tally => tally.Role)
            .ThenBy(static tally => tally.Platform?.ToString(), StringComparer.Ordinal)
            .ThenBy(static tally => tally.Domain),
    ];

    private static long LengthOf(FileIdentity identity)
    {
        long length = (identity.Interpreter?.Length ?? 0) + (identity.InterpreterArguments?.Length ?? 0) + (identity.Note?.Length ?? 0);
        foreach (string directory in identity.RunPath)
        {
            length += directory.Length;
        }

        foreach (string library in identity.Needed)
        {
            length += library.Length;
        }

        return length;
    }

    private sealed class Tally
    {
        public long FileCount { get; set; }

        public long ByteCount { get; set; }

        public ImmutableArray<IdentifiedFile>.Builder Files { get; } = ImmutableArray.CreateBuilder<IdentifiedFile>();

        public PlatformTally ToResult(FileRole role, Platform? platform, FileDomain domain) => new()
        {
            Role = role,
            Platform = platform,
            Domain = domain,
            FileCount = FileCount,
            ByteCount = ByteCount,
            Files = Files.ToImmutable(),
        };
    }
}
