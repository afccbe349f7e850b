using System.Collections.Frozen;
using ClosureScan.Analysis.Findings;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// Tells what a reference to the build side does when its holder is used on the host. It breaks when the holder will
/// execute or load what it names; otherwise it only drags bytes along. Doubt counts as bloat: the reference is reported
/// either way, and a false "breaks" costs trust. What lies in an output for developers or readers is not run on the host:
/// Nixpkgs patches the scripts of dev outputs for the build machine on purpose.
/// </summary>
internal sealed class EffectJudge
{
    // What a compiler driver or its helpers are called: a text that names one records how something was built,
    // or serves those who build against the package; running it on the host is not what the package is for.
    private static readonly FrozenSet<string> BuildTools = new[]
    {
        "addr2line", "ar", "as", "c++", "c89", "c99", "cc", "clang", "clang++", "cpp", "dlltool", "f77", "f95", "flex", "bison",
        "g++", "gcc", "gcc-ar", "gcc-nm", "gcc-ranlib", "gfortran", "go", "javac", "ld", "ld.bfd", "ld.gold", "ld.lld",
        "libtool", "llvm-config", "m4", "make", "nm", "objcopy", "objdump", "pkg-config", "ranlib", "readelf", "rustc",
        "size", "strings", "strip", "valac", "windres",
    }.ToFrozenSet();

    // Words of a recorded command line: "./configure --host-cc=… CFLAGS=… -I…".
    private static readonly string[] CommandLineWords =
        ["--prefix=", "--host=", "--build=", "--enable-", "--disable-", "--with-", "--host-cc", "configure", "CFLAGS", "CPPFLAGS", "LDFLAGS", " -I", " -L", "-O2", "-isystem", "-Wl,"];

    private readonly bool _isForRunning;

    private EffectJudge(StorePath holder) =>
        _isForRunning = StorePathName.Parse(holder.Name).Output is not ("dev" or "devdoc" or "doc" or "info" or "man");

    /// <summary>Judges what <paramref name="holder"/> holds.</summary>
    public static EffectJudge For(StorePath holder) => new(holder);

    /// <summary>What a reference does.</summary>
    public Effect Judge(ReferenceEvidence evidence) => _isForRunning ? JudgeMechanism(evidence) : Effect.Bloats;

    /// <summary>What files do that were built for another machine.</summary>
    /// <param name="areLoaded">Whether there are programs or shared libraries among them.</param>
    public Effect JudgeBinaries(bool areLoaded) => Breaks(_isForRunning && areLoaded);

    private static Effect JudgeMechanism(ReferenceEvidence evidence) => evidence.Mechanism switch
    {
        Mechanism.ElfInterpreter or Mechanism.ElfNeeded => Effect.Breaks,
        Mechanism.Shebang => Breaks(evidence.Executable),
        Mechanism.Wrapper => Breaks(RunsProgram(evidence) || evidence.SubPath is "/bin" or "/sbin"),
        Mechanism.ScriptBody => Breaks(RunsProgram(evidence) || (evidence.SubPath is "/bin" && SetsPath(evidence))),
        Mechanism.ElfRodata or Mechanism.ElfData or Mechanism.Text or Mechanism.Data or Mechanism.Container =>
            Breaks(RunsProgram(evidence) && !IsRecordedCommandLine(evidence) && !IsForReaders(evidence.File)),
        Mechanism.SymlinkTarget => Breaks(RunsProgram(evidence) || evidence.SubPath is "/bin" or "/sbin"),
        _ => Effect.Bloats,
    };

    private static Effect Breaks(bool breaks) => breaks ? Effect.Breaks : Effect.Bloats;

    private static bool RunsProgram(ReferenceEvidence evidence)
    {
        string subPath = evidence.SubPath ?? "";
        bool program = subPath.StartsWith("/bin/", StringComparison.Ordinal)
            || subPath.StartsWith("/sbin/", StringComparison.Ordinal)
            || subPath.StartsWith("/libexec/", StringComparison.Ordinal);
        return program && !IsBuildTool(subPath[(subPath.LastIndexOf('/') + 1)..]);
    }

    /// <summary>Whether the file name is a build tool's, alone or behind a target prefix (<c>armv7l-…-gcc</c>).</summary>
    private static bool IsBuildTool(string name) =>
        BuildTools.Contains(name) || BuildTools.Contains(name[(name.LastIndexOf('-') + 1)..]);

    private static bool SetsPath(ReferenceEvidence evidence) =>
        evidence.Context is { } context && context.Contains("PATH", StringComparison.Ordinal);

    /// <summary>Whether a text is documentation, which names programs and starts none.</summary>
    private static bool IsForReaders(string file) =>
        file.StartsWith("share/doc/", StringComparison.Ordinal) || file.StartsWith("share/man/", StringComparison.Ordinal)
        || file.StartsWith("share/info/", StringComparison.Ordinal) || file.StartsWith("share/gtk-doc/", StringComparison.Ordinal);

    private static bool IsRecordedCommandLine(ReferenceEvidence evidence) =>
        evidence.Context is { } context && CommandLineWords.Any(word => context.Contains(word, StringComparison.Ordinal));
}
