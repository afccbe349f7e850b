using System.Collections.Frozen;
using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// Puts paths on their side. The order of evidence: first the census of the binaries, where programs outweigh libraries
/// and objects, archives and firmware have no say; then the name; what has neither is neutral. A name with the host's
/// suffix and foreign binaries inside makes a path mixed: it was meant for the host and something went wrong in it.
/// </summary>
internal sealed class PathClassifier(Platform? host, HostOrigin origin, Platform? build, FrozenSet<LegitimateKind> accepted, DerivationWitness witness)
{
    private readonly CodeJudge? _judge = host is null ? null : new(host, build, accepted);

    // What wraps a compiler or linker is text alone, and yet belongs to the build side when what it wraps does.
    private static readonly string[] ToolchainWrappers =
        ["gcc-wrapper", "clang-wrapper", "cc-wrapper", "binutils-wrapper", "bintools-wrapper", "pkg-config-wrapper", "gfortran-wrapper", "gnat-wrapper", "stdenv-linux"];

    /// <summary>Puts a path on its side; its code, judged, comes with it.</summary>
    public PathClassification Classify(ScannedPath path)
    {
        ImmutableArray<PlatformTally> census = path.Scan?.Platforms ?? [];
        ImmutableArray<string> platforms =
        [
            .. census.Where(tally => tally.Platform is not null && tally.Role != FileRole.Declaration)
                .GroupBy(tally => _judge?.LabelOf(tally.Platform!) ?? tally.Platform!.System)
                .OrderByDescending(group => group.Sum(tally => tally.FileCount))
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.Key),
        ];
        PathCode code = _judge?.Judge(path.Scan) ?? PathCode.None;
        return Judge(path.Info.Path, census, code) with { Platforms = platforms, Code = code };
    }

    /// <summary>Whether code of this platform cannot run on the host, or is not wanted there.</summary>
    public bool IsForeign(Platform? platform) => _judge?.IsForeign(platform) == true;

    /// <summary>Whether code of this platform runs on the host because the host runs its predecessor's.</summary>
    public bool IsOfCompatibleWords(Platform? platform) => _judge?.IsOfCompatibleWords(platform) == true;

    /// <summary>Whether a path of this name is a tool for making code of another platform than the host's: on the host it is right.</summary>
    public bool IsCrossTool(string name) => StorePathName.Parse(name) is { Target: { } target, HostTriple: null } && host is not null && !IsOfHost(target);

    /// <summary>Whether a neutral path of this name belongs to the build side as soon as something it refers to does.</summary>
    public static bool IsToolchainWrapper(string name) =>
        Array.Exists(ToolchainWrappers, wrapper => name.Contains(wrapper, StringComparison.Ordinal)) && StorePathName.Parse(name).Host is null;

    /// <summary>What the derivations of the closure say.</summary>
    public DerivationWitness Witness => witness;

    private PathClassification Judge(StorePath path, ImmutableArray<PlatformTally> census, PathCode code)
    {
        StorePathName name = StorePathName.Parse(path.Name);
        if (host is null)
        {
            return new(PathSide.Neutral, "the host is unknown");
        }

        (CodeCount programs, CodeCount libraries) = (code.Programs, code.Libraries);
        Platform? meant = witness.Of(path) is { } build ? build.Host : name.Host;
        bool namedHost = meant is not null && IsOfHost(meant);
        CodeCount deciding = programs.Total > 0 ? programs : libraries;
        if (deciding.Total == 0)
        {
            return JudgeWithoutCode(path, name);
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
            return new(PathSide.Mixed, $"{(witness.Of(path) is null ? "named" : "its derivation is")} for {meant!.System}, but holds {counted}");
        }

        if (deciding.Host == 0)
        {
            return new(PathSide.Foreign, counted);
        }

        return name.Target is not null
            ? new(PathSide.Foreign, $"a cross tool: {counted}")
            : new(PathSide.Mixed, counted);
    }

    /// <summary>Whether the host runs what is named for this platform, with the C library that the name says.</summary>
    private bool IsOfHost(Platform named) => PlatformCompatibility.Runs(named, host!) != Compatibility.No && !IsForeign(named);

    /// <summary>
    /// Puts a path without programs and libraries on its side: by its derivation, then by its name, then by what the derivations that name it want of it. A native build
    /// of text says nothing: fonts and tables are built on any machine for all.
    /// </summary>
    private PathClassification JudgeWithoutCode(StorePath path, StorePathName name)
    {
        if (witness.Of(path) is { } build && (build.IsCross || IsOfHost(build.Host)))
        {
            return new(IsOfHost(build.Host) ? PathSide.Host : PathSide.Foreign, $"no binaries; its derivation says --host={build.Host.System}");
        }

        if (name.Host is { } suffix)
        {
            return new(IsOfHost(suffix) ? PathSide.Host : PathSide.Foreign, $"no binaries; its name says {suffix.System}");
        }

        // A tool that makes code for this host and carries no host suffix runs on the machine that builds.
        return name.Target is { } target && IsOfHost(target)
            ? new(PathSide.Foreign, $"no binaries; its name says a cross tool for {target.System}")
            : witness.WhyForBuildAlone(path) is { } why ? new(PathSide.Foreign, $"no binaries; {why}")
            : accepted.Contains(LegitimateKind.TextOnly) ? new(PathSide.Neutral, "no binaries, and its name says nothing", LegitimateKind.TextOnly)
            : new(PathSide.Foreign, "no binaries, and its name lacks the host's suffix");
    }

    /// <summary>Why a path could be foreign although its binaries are the host's, and the kind that explains it.</summary>
    private (LegitimateKind Kind, string Reason)? Suspicion(StorePathName name, ImmutableArray<PlatformTally> census) =>
        name.HostTriple is not null ? null
        : name.Target is not null ? (LegitimateKind.ToolchainRuntime, "its name says a cross tool")
        : origin == HostOrigin.Names && !census.Any(tally => CodeJudge.IsCode(tally.Role) && IsOfCompatibleWords(tally.Platform)) ? (LegitimateKind.PseudoCross, "its name lacks the host's suffix")
        : null;
}
