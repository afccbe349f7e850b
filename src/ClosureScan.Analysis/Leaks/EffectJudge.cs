using System.Collections.Frozen;
using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// Tells what a reference to the build side does when its holder is used on the host. It breaks when the holder will
/// execute or load what it names; otherwise it only drags bytes along. Doubt counts as bloat: the reference is reported
/// either way, and a false "breaks" costs trust.
/// </summary>
internal static class EffectJudge
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

    public static LeakEffect Judge(ReferenceEvidence evidence) => evidence.Mechanism switch
    {
        Mechanism.ElfInterpreter or Mechanism.ElfNeeded => LeakEffect.Breaks,
        Mechanism.Shebang => Breaks(evidence.Executable),
        Mechanism.Wrapper => Breaks(RunsProgram(evidence) || evidence.SubPath is "/bin" or "/sbin"),
        Mechanism.ScriptBody => Breaks(RunsProgram(evidence) || (evidence.SubPath is "/bin" && SetsPath(evidence))),
        Mechanism.ElfRodata or Mechanism.ElfData or Mechanism.Text or Mechanism.Data =>
            Breaks(RunsProgram(evidence) && !IsRecordedCommandLine(evidence)),
        Mechanism.SymlinkTarget => Breaks(RunsProgram(evidence) || evidence.SubPath is "/bin" or "/sbin"),
        _ => LeakEffect.Bloats,
    };

    private static LeakEffect Breaks(bool breaks) => breaks ? LeakEffect.Breaks : LeakEffect.Bloats;

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

    private static bool IsRecordedCommandLine(ReferenceEvidence evidence) =>
        evidence.Context is { } context && CommandLineWords.Any(word => context.Contains(word, StringComparison.Ordinal));
}
