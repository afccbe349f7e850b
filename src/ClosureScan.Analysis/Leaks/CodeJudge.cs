using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// Judges every file of code by its own bytes and its own place: whether the host runs it, and where it does not, whether it is right where it is
/// all the same. One wrong file is never excused by the others around it, and one harmless file never condemns them.
/// </summary>
internal sealed class CodeJudge(Platform host, Platform? build, FrozenSet<LegitimateKind> accepted)
{
    /// <summary>Whether a file is for the main processor of a system.</summary>
    public static bool IsCode(FileRole role) =>
        role is FileRole.Program or FileRole.SharedLibrary or FileRole.Object or FileRole.Archive;

    /// <summary>Whether the system's loader or the machine itself starts it; what is left serves only those who link.</summary>
    public static bool IsRun(FileRole role) => role is FileRole.Program or FileRole.SharedLibrary or FileRole.Kernel;

    /// <summary>
    /// The likely build platform: what most files are built for that the host does not run, and that neither the words of their place nor the suffix of their
    /// path's name say to be meant for that platform. Null when nothing is.
    /// </summary>
    public static Platform? GuessBuild(ScannedClosure closure, Platform host) =>
        (from path in closure.Paths
         from tally in path.Scan?.Platforms ?? []
         where tally is { Role: FileRole.Program or FileRole.SharedLibrary, Domain: FileDomain.System, Platform.Kernel: not ("windows" or "none" or "uefi") }
             && PlatformCompatibility.Runs(tally.Platform!, host) == Compatibility.No
             && !(IsOfFamily(tally.Platform!, host) && tally.Platform!.Bits == host.Bits && (tally.Platform.Kernel is null || tally.Platform.Kernel == host.Kernel)) // A higher level of the host's own processor is no machine of its own.
             && StorePathName.Parse(path.Info.Path.Name).Host?.System != tally.Platform!.System
         group tally by tally.Platform!.System into tallies
         let count = tallies.Sum(tally => tally.FileCount - tally.Files.LongCount(file => PathPlatform.Find(PathDirectories.PlaceOf(file)) is not null))
         where count > 0
         select (tallies.First().Platform, Count: count))
        .OrderByDescending(candidate => candidate.Count)
        .ThenBy(candidate => candidate.Platform!.System, StringComparer.Ordinal)
        .FirstOrDefault().Platform;

    /// <summary>Whether a closure was built where it runs, as far as the names of its paths tell: a cross build gives them the host's suffix.</summary>
    public static bool IsNative(ScannedClosure closure, Platform host) =>
        !closure.Paths.Any(path => StorePathName.Parse(path.Info.Path.Name).Host is { } named && PlatformCompatibility.Runs(named, host) != Compatibility.No);

    /// <summary>Whether code of this platform cannot run on the host, or is not wanted there.</summary>
    public bool IsForeign(Platform? platform) =>
        platform is not null
        && (PlatformCompatibility.Runs(platform, host) == Compatibility.No || HasOtherLibc(platform)
            || (HasFewerBits(platform) && !accepted.Contains(LegitimateKind.CompatibleWords)));

    /// <summary>Whether code of this platform runs on the host because the host runs its predecessor's.</summary>
    public bool IsOfCompatibleWords(Platform? platform) => platform is not null && HasFewerBits(platform) && !IsForeign(platform);

    /// <summary>Judges the code of one path.</summary>
    public PathCode Judge(PathScan? scan)
    {
        if (scan is null || scan.Platforms.IsEmpty)
        {
            return PathCode.None;
        }

        CodeCount programs = new(), libraries = new();
        ImmutableArray<JudgedFile>.Builder files = ImmutableArray.CreateBuilder<JudgedFile>();
        Lazy<HashSet<string>> families = new(() => FamiliesOfHost(scan));
        Lazy<bool> isMostlyAtLevel = new(() => IsMostlyAtLevel(scan));
        foreach (PlatformTally tally in scan.Platforms)
        {
            CodeCount? count = tally.Domain != FileDomain.System ? null : tally.Role switch { FileRole.Program => programs, FileRole.SharedLibrary => libraries, _ => null };
            if (tally.Role == FileRole.Archive && tally.Platform is null)
            {
                files.AddRange(tally.Files.Select(JudgeArchive).OfType<JudgedFile>());
            }

            if (tally.Platform is not { } platform || !(IsCode(tally.Role) || tally.Role is FileRole.Kernel or FileRole.Auxiliary))
            {
                continue;
            }

            bool isForeign = IsForeign(platform) || (tally.Role == FileRole.Kernel && HasFewerBits(platform));
            long deciding = tally.FileCount;
            foreach (IdentifiedFile file in tally.Files)
            {
                // What lies in a container says nothing of the path that holds it.
                deciding -= file.Member is null ? 0 : 1;
                string? label = isForeign ? LabelOf(platform) : AsksForMore(platform, file.Identity) ?? OtherConvention(platform, file.Identity);
                if (label is null)
                {
                    continue;
                }

                if (tally.Role == FileRole.Kernel && !IsForeign(platform) && !IsModule(tally.Role, file))
                {
                    // Only modules are of their kernel's words for sure: what PCs boot may begin in narrower ones, memory tests among them.
                    continue;
                }

                JudgedFile judged = new(file, tally.Role, label);
                (LegitimateKind? kind, string? note) = KindOf(tally, platform, file, families, isMostlyAtLevel);
                files.Add(judged with { Kind = kind, Note = note });
                if (file.Member is null)
                {
                    count?.Add(label, kind is null ? 1 : 0, isForeign: true);
                    deciding--;
                }
            }

            count?.Add(isForeign ? LabelOf(platform) : platform.System, deciding, isForeign);
        }

        return new PathCode { Files = files.ToImmutable(), Programs = programs, Libraries = libraries };
    }

    /// <summary>The system, and the C library where that is all that sets it apart.</summary>
    public string LabelOf(Platform platform) => HasOtherLibc(platform) && platform.Cpu == host.Cpu ? $"{platform.System} ({platform.Libc})" : platform.System;

    /// <summary>
    /// Whether it is linked to glibc and the host has another C library. The other way round it is no leak: a build machine has glibc, so that what is linked to
    /// musl was meant to be.
    /// </summary>
    private bool HasOtherLibc(Platform platform) => platform.Libc == "glibc" && host.Libc is "musl" or "uclibc" or "bionic";

    private bool HasFewerBits(Platform platform) => platform.Bits < host.Bits;

    /// <summary>A level of x86-64 above the one that the host was said to have: the loader refuses such a program whole.</summary>
    private string? AsksForMore(Platform platform, FileIdentity identity) =>
        host.Level is { } level && identity.Requirements?.InstructionSet is { } asked
        && asked.StartsWith("x86-64-v", StringComparison.Ordinal) && asked[^1] - '0' > level
            ? $"{platform.System} ({asked})"
            : null;

    /// <summary>Whether it is for the host's processor but for its level, and for nothing else: neither another C library nor another width, nor what a loader checks.</summary>
    private bool IsOfHigherLevel(Platform platform) =>
        IsOfFamily(platform) && platform.Bits == host.Bits && (platform.Kernel is null || platform.Kernel == host.Kernel)
        && !HasOtherLibc(platform) && PlatformCompatibility.Runs(platform, host) == Compatibility.No;

    private static bool IsModule(FileRole role, IdentifiedFile file) => role == FileRole.Kernel && file.Identity.Format == FileFormat.Elf;

    /// <summary>Whether it lies where glibc's loader looks on processors of the level alone that it asks for (ld.so(8), glibc-hwcaps).</summary>
    private static bool IsChosenByLoader(IdentifiedFile file) =>
        file.Identity.Requirements?.InstructionSet is { } asked && asked.StartsWith("x86-64-v", StringComparison.Ordinal)
        && file.File.Split('/') is { Length: > 2 } components && components[^3] == "glibc-hwcaps"
        && components[^2].StartsWith("x86-64-v", StringComparison.Ordinal) && asked[^1] <= components[^2][^1];

    /// <summary>Soft floats in a hard-float closure, or the reverse: the loader passes over such libraries. What is static loads none.</summary>
    private string? OtherConvention(Platform platform, FileIdentity identity) =>
        platform is { Bits: 32, Abi: "eabi" or "eabihf" } && host is { Bits: 32, Abi: "eabi" or "eabihf" } && platform.Abi != host.Abi
        && (identity.Interpreter is not null || identity.Needed.Length > 0)
            ? $"{platform.System} ({(platform.Abi == "eabi" ? "soft" : "hard")} float)"
            : null;

    private (LegitimateKind? Kind, string? Note) KindOf(
        PlatformTally tally, Platform platform, IdentifiedFile file, Lazy<HashSet<string>> families, Lazy<bool> isMostlyAtLevel)
    {
        bool isOfFamily = IsOfFamily(platform);

        // What is linked for a system belongs to one, whatever its directory says.
        bool isLinked = file.Identity.Interpreter is not null || file.Identity.Needed.Length > 0;
        switch (tally.Domain)
        {
            case FileDomain.Firmware when !isLinked:
                return (LegitimateKind.Firmware, null);
            case FileDomain.BootCode when isOfFamily && !isLinked:
                return (LegitimateKind.BootCode, null);
            case FileDomain.GuestCode when !isLinked || platform.Kernel == "windows" || (build is not null && platform.System != build.System):
                return (LegitimateKind.GuestCode, null);
            case FileDomain.TestInput:
                return (LegitimateKind.TestInput, null);
            case FileDomain.TargetSysroot when PathPlatform.Find(PathDirectories.PlaceOf(file)) is not { } sysroot || sysroot.Agrees(platform):
                return (LegitimateKind.TargetSysroot, null);
        }

        switch (platform)
        {
            case { Cpu: "bpf" } when !isLinked:
                return (LegitimateKind.BpfProgram, null);
            case { Cpu: var cpu } when cpu.StartsWith("bytecode", StringComparison.Ordinal):
                return (LegitimateKind.PortableCode, null);
            case { Kernel: "uefi" }:
                return (isOfFamily ? LegitimateKind.BootCode : VariantKind(platform, file, families, out _), null);
            case { Cpu: "amdgpu" or "cuda" or "intelgt" or "hexagon" or "ve" } when !isLinked:
                return (LegitimateKind.AcceleratorCode, null);
            case { Kernel: "none" } when !isLinked && !IsModule(tally.Role, file):
                return (LegitimateKind.Firmware, null);
        }

        if (tally.Role == FileRole.Kernel)
        {
            return (isOfFamily && platform.Bits > host.Bits ? LegitimateKind.KernelModule : null, null);
        }

        if (tally.Role == FileRole.Auxiliary && tally.Domain == FileDomain.System && !isLinked)
        {
            return (LegitimateKind.AcceleratorCode, null);
        }

        if (IsChosenByLoader(file))
        {
            return (LegitimateKind.RunTimeChoice, null);
        }

        if (IsOfHigherLevel(platform) && file.Identity.Requirements is not { IsWhole: true } && isMostlyAtLevel.Value)
        {
            return (LegitimateKind.RunTimeChoice, null);
        }

        return (VariantKind(platform, file, families, out string? note), note);
    }

    /// <summary>
    /// Whether the file is a build for another platform in a place that says so. It is where the host's own build stands beside it, and where the
    /// build machine cannot have made it by mistake. Where the words are a language's own name for its host, there is one build, and it is wrong.
    /// </summary>
    private LegitimateKind? VariantKind(Platform platform, IdentifiedFile file, Lazy<HashSet<string>> families, out string? note)
    {
        note = null;
        bool isOfOtherSystem = platform.Kernel == "windows" || (platform.Kernel is not (null or "linux" or "uefi" or "none") && platform.Kernel != build?.Kernel);
        if (host.Kernel != platform.Kernel && isOfOtherSystem)
        {
            return LegitimateKind.PrebuiltVariants;
        }

        if (PathPlatform.Find(PathDirectories.PlaceOf(file)) is not { } words || !words.Agrees(platform) || IsCommand(file.File))
        {
            return null;
        }

        if (IsSysroot(file.File))
        {
            return LegitimateKind.TargetSysroot;
        }

        if (families.Value.Contains(words.Family) || (!words.IsOfLanguage && build is not null && platform.System != build.System))
        {
            return LegitimateKind.PrebuiltVariants;
        }

        note = words.IsOfLanguage ? null : $"no build for {host.System} stands beside it";
        return words.IsOfLanguage ? null : LegitimateKind.PrebuiltVariants;
    }

    /// <summary>Whether a compiler keeps it for a target: below a triple at the top, or in a directory of its own for each.</summary>
    private static bool IsSysroot(string file)
    {
        string[] components = file.Split('/');
        int top = components[0] == "usr" ? 1 : 0;
        return (components.Length > top + 1 && components[top].Count(letter => letter == '-') >= 2 && Platform.TryParse(components[top], out _))
            || components.AsSpan(0, Math.Min(components.Length, top + 3)).ContainsAny("gcc-cross", "gcc", "clang");
    }

    /// <summary>What people start by its name: a triple in the name of a tool is its target's.</summary>
    private static bool IsCommand(string file) => PathDirectories.IsProgramDirectory(file) && !file.EndsWith(".exe", StringComparison.OrdinalIgnoreCase);

    private bool IsOfFamily(Platform platform) => IsOfFamily(platform, host);

    private static bool IsOfFamily(Platform platform, Platform host) =>
        Processor.Find(platform.Cpu) is { } code && Processor.Find(host.Cpu) is { } machine && code.Family == machine.Family && code.Family != ProcessorFamily.Other;

    /// <summary>The places that have a build for the host.</summary>
    private HashSet<string> FamiliesOfHost(PathScan scan) =>
    [
        .. from tally in scan.Platforms
           let platform = tally.Platform
           where platform is not null && IsCode(tally.Role) && !IsForeign(platform)
           from file in tally.Files
           let words = PathPlatform.Find(PathDirectories.PlaceOf(file))
           where words is not null && words.Agrees(platform)
           select words.Family,
    ];

    /// <summary>
    /// Whether most programs and libraries of a path are at the host's level. Linkers merge what objects ask for to the highest, so that one function
    /// which is chosen at run time lifts a whole program; a package that was built for a higher level is lifted as a whole.
    /// </summary>
    private bool IsMostlyAtLevel(PathScan scan)
    {
        long at = 0, above = 0;
        foreach (PlatformTally tally in scan.Platforms.Where(tally => tally.Role is FileRole.Program or FileRole.SharedLibrary && tally.Platform is not null && IsOfFamily(tally.Platform)))
        {
            at += IsForeign(tally.Platform) ? 0 : tally.FileCount;
            above += IsForeign(tally.Platform) ? tally.FileCount : 0;
        }

        return at > above;
    }

    /// <summary>An archive with members for several processors is as foreign as the worst of them: a linker takes what it is given.</summary>
    private JudgedFile? JudgeArchive(IdentifiedFile file)
    {
        MemberTally[] foreign = [.. file.Identity.Members.Where(member => IsForeign(member.Platform) && member.Platform!.Kernel != "none")];
        if (foreign.Length == 0)
        {
            return null;
        }

        MemberTally worst = foreign.MaxBy(member => member.Count)!;
        string note = string.Create(CultureInfo.InvariantCulture, $"{worst.Count} {(worst.Count == 1 ? "member" : "members")} for {worst.Platform!.System}, the first {worst.First}");
        return new JudgedFile(file, FileRole.Archive, worst.Platform.System, Note: note);
    }
}
