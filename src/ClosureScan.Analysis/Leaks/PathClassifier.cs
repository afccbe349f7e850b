using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using ClosureScan.Analysis.Findings;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// Puts paths on their side. The order of evidence: first the census of the binaries, where programs outweigh libraries
/// and objects, archives and firmware have no say; then the name; what has neither is neutral. A name with the host's
/// suffix and foreign binaries inside makes a path mixed: it was meant for the host and something went wrong in it.
/// </summary>
internal sealed class PathClassifier(Platform? host, HostOrigin origin, FrozenSet<LegitimateKind> accepted)
{
    // What wraps a compiler or linker is text alone, and yet belongs to the build side when what it wraps does.
    private static readonly string[] ToolchainWrappers =
        ["gcc-wrapper", "clang-wrapper", "cc-wrapper", "binutils-wrapper", "bintools-wrapper", "pkg-config-wrapper", "gfortran-wrapper", "gnat-wrapper", "stdenv-linux"];

    public PathClassification Classify(ScannedPath path)
    {
        ImmutableArray<PlatformTally> census = path.Scan?.Platforms ?? [];
        ImmutableArray<string> platforms =
        [
            .. census.Where(tally => tally.Platform is not null)
                .GroupBy(tally => tally.Platform!.System)
                .OrderByDescending(group => group.Sum(tally => tally.FileCount))
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.Key),
        ];
        return Judge(StorePathName.Parse(path.Info.Path.Name), census) with { Platforms = platforms };
    }

    /// <summary>Whether a file of this platform cannot run on the host, or is not wanted there.</summary>
    public bool IsForeign(Platform? platform) =>
        platform is not null && host is not null
        && (PlatformCompatibility.Runs(platform, host) == Compatibility.No
            || (HasFewerBits(platform) && !accepted.Contains(LegitimateKind.CompatibleWords)));

    /// <summary>Whether a file of this platform runs on the host because the host runs its predecessor's code.</summary>
    public bool IsOfCompatibleWords(Platform? platform) => platform is not null && HasFewerBits(platform) && !IsForeign(platform);

    /// <summary>Whether a file is for the main processor of a system.</summary>
    public static bool IsCode(FileRole role) =>
        role is FileRole.Program or FileRole.SharedLibrary or FileRole.Object or FileRole.Archive;

    /// <summary>Whether a neutral path of this name belongs to the build side as soon as something it refers to does.</summary>
    public static bool IsToolchainWrapper(string name) =>
        Array.Exists(ToolchainWrappers, wrapper => name.Contains(wrapper, StringComparison.Ordinal)) && StorePathName.Parse(name).Host is null;

    private bool HasFewerBits(Platform platform) => host is not null && platform.Bits < host.Bits;

    private PathClassification Judge(StorePathName name, ImmutableArray<PlatformTally> census)
    {
        if (host is null)
        {
            return new(PathSide.Neutral, "the host is unknown");
        }

        Tally programs = Count(census, FileRole.Program);
        Tally libraries = Count(census, FileRole.SharedLibrary);
        bool namedHost = name.Host is { } suffix && PlatformCompatibility.Runs(suffix, host) != Compatibility.No;
        Tally deciding = programs.Total > 0 ? programs : libraries;
        if (deciding.Total == 0)
        {
            return JudgeByName(name, namedHost);
        }

        string counted = $"{programs.Describe("program")}{(programs.Total > 0 && libraries.Total > 0 ? ", " : "")}{libraries.Describe("library", "libraries")}";
        if (programs.Foreign + libraries.Foreign == 0)
        {
            return Suspicion(name, census) is not { } suspicion ? new(PathSide.Host, counted)
                : accepted.Contains(suspicion.Kind) ? new(PathSide.Host, counted, suspicion.Kind)
                : new(PathSide.Foreign, $"{counted}, but {suspicion.Reason}");
        }

        if (namedHost)
        {
            return new(PathSide.Mixed, $"named for {name.Host!.System}, but holds {counted}");
        }

        if (deciding.Host == 0)
        {
            return new(PathSide.Foreign, counted);
        }

        return name.Target is not null
            ? new(PathSide.Foreign, $"a cross tool: {counted}")
            : new(PathSide.Mixed, counted);
    }

    private PathClassification JudgeByName(StorePathName name, bool namedHost)
    {
        if (name.Host is { } suffix)
        {
            return new(namedHost ? PathSide.Host : PathSide.Foreign, $"no binaries; its name says {suffix.System}");
        }

        // A tool that makes code for this host and carries no host suffix runs on the machine that builds.
        return name.Target is { } target && PlatformCompatibility.Runs(target, host!) != Compatibility.No
            ? new(PathSide.Foreign, $"no binaries; its name says a cross tool for {target.System}")
            : accepted.Contains(LegitimateKind.TextOnly) ? new(PathSide.Neutral, "no binaries, and its name says nothing", LegitimateKind.TextOnly)
            : new(PathSide.Foreign, "no binaries, and its name lacks the host's suffix");
    }

    /// <summary>Why a path could be foreign although its binaries are the host's, and the kind that explains it.</summary>
    private (LegitimateKind Kind, string Reason)? Suspicion(StorePathName name, ImmutableArray<PlatformTally> census) =>
        name.HostTriple is not null ? null
        : name.Target is not null ? (LegitimateKind.ToolchainRuntime, "its name says a cross tool")
        : origin == HostOrigin.Name && !census.Any(tally => IsCode(tally.Role) && IsOfCompatibleWords(tally.Platform)) ? (LegitimateKind.PseudoCross, "its name lacks the host's suffix")
        : null;

    private Tally Count(ImmutableArray<PlatformTally> census, FileRole role)
    {
        Tally tally = new();
        foreach (PlatformTally item in census.Where(item => item.Role == role && item.Platform is not null))
        {
            tally.Add(item, IsForeign(item.Platform));
        }

        return tally;
    }

    private sealed class Tally
    {
        private readonly List<string> _systems = [];

        public long Host { get; private set; }

        public long Foreign { get; private set; }

        public long Total => Host + Foreign;

        public void Add(PlatformTally item, bool foreign)
        {
            Host += foreign ? 0 : item.FileCount;
            Foreign += foreign ? item.FileCount : 0;
            if (!_systems.Contains(item.Platform!.System))
            {
                _systems.Add(item.Platform.System);
            }
        }

        public string Describe(string one, string? many = null) => Total == 0 ? "" :
            string.Create(CultureInfo.InvariantCulture, $"{Total} {(Total == 1 ? one : many ?? one + "s")} for {string.Join(" and ", _systems)}");
    }
}
