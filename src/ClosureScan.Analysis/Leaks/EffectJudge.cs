using System.Collections.Frozen;
using ClosureScan.Analysis.Findings;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>
/// Tells what a reference to the build side does when its holder is used on the host. It breaks when the holder will
/// execute, load or search what it names; otherwise it only drags bytes along. How the holder uses it, its line told the scan; what is named, the files of
/// the path that is referred to tell. Doubt counts as bloat: the reference is reported either way, and a false "breaks" costs trust. What lies in an output
/// for developers or readers is not run on the host: Nixpkgs patches the scripts of dev outputs for the build machine on purpose.
/// </summary>
internal sealed class EffectJudge
{
    // What a compiler and its helpers are called: a text that names one records how something was built, or serves those who build
    // against the package; running it on the host is not what the package is for.
    private static readonly FrozenSet<string> Compilers = new[]
    {
        "addr2line", "ar", "as", "c++", "c89", "c99", "cc", "clang", "clang++", "cpp", "dlltool", "f77", "f95",
        "g++", "gcc", "gcc-ar", "gcc-nm", "gcc-ranlib", "gfortran", "go", "javac", "ld", "ld.bfd", "ld.gold", "ld.lld",
        "libtool", "llvm-config", "nm", "objcopy", "objdump", "pkg-config", "ranlib", "readelf", "rustc",
        "size", "strings", "strip", "valac", "windres",
    }.ToFrozenSet();

    // Tools of builds that programs run as well: a parser generator its macro processor. They break where the name stands alone.
    private static readonly FrozenSet<string> Helpers = new[] { "bison", "flex", "m4", "make" }.ToFrozenSet();

    private readonly bool _isForRunning;
    private readonly TargetFiles _target;
    private readonly bool _isMeantForHost;

    /// <summary>Judges what <paramref name="holder"/> holds of the path with the files of <paramref name="target"/>.</summary>
    /// <param name="holder">The path that holds it.</param>
    /// <param name="target">The files of the path that is referred to.</param>
    /// <param name="isMeantForHost">Whether the holder's derivation has the package of that path among what is for the host: then a compiler is no record of the build.</param>
    public EffectJudge(StorePath holder, TargetFiles target, bool isMeantForHost = false)
    {
        _isMeantForHost = isMeantForHost;
        _isForRunning = StorePathName.Parse(holder.Name).Output is not ("dev" or "devdoc" or "doc" or "info" or "man");
        _target = target;
    }

    /// <summary>What a reference does.</summary>
    public Effect Judge(ReferenceEvidence evidence) =>
        Breaks(_isForRunning && !PathDirectories.IsForReaders(evidence.File) && DoesBreak(evidence));

    /// <summary>What a file does that does not run on the host.</summary>
    public Effect JudgeBinary(JudgedFile file) =>
        Breaks(_isForRunning && !PathDirectories.IsForReaders(file.File.File)
            && (CodeJudge.IsRun(file.Role) || file.File.Identity is { Interpreter: not null } or { Needed.Length: > 0 } or { Platform.Kernel: "uefi" }));

    private static Effect Breaks(bool breaks) => breaks ? Effect.Breaks : Effect.Bloats;

    private bool DoesBreak(ReferenceEvidence evidence) => evidence.Mechanism switch
    {
        Mechanism.ElfInterpreter or Mechanism.ElfNeeded => true,
        Mechanism.Shebang => evidence.Executable,
        Mechanism.SymlinkTarget => IsRunOrLoaded(evidence) || evidence.SubPath is "/bin" or "/sbin",
        Mechanism.Wrapper or Mechanism.ScriptBody or Mechanism.Text or Mechanism.Data or Mechanism.Sysconfig
            or Mechanism.Container or Mechanism.ElfRodata or Mechanism.ElfData => DoesBreakByUsage(evidence),
        _ => false,
    };

    private bool DoesBreakByUsage(ReferenceEvidence evidence) => evidence.Usage switch
    {
        Usage.Executes => !IsForBuilding(NameOf(evidence)) || evidence.Mechanism is Mechanism.Wrapper,
        Usage.Loads => true,
        Usage.Searches => true,
        Usage.Builds or Usage.Comment or Usage.Message => false,
        _ => evidence.Mechanism != Mechanism.Sysconfig
            ? IsRunOrLoaded(evidence) || (evidence.Mechanism == Mechanism.Wrapper && evidence.SubPath is "/bin" or "/sbin")
            : IsRunOrLoaded(evidence),
    };

    /// <summary>Whether what is named is run or loaded, by what it is in its path, and where that is not known by its place.</summary>
    private bool IsRunOrLoaded(ReferenceEvidence evidence)
    {
        string subPath = evidence.SubPath ?? "";
        FileRole? role = _target.Find(subPath, out string name);
        if (role is FileRole.SharedLibrary or FileRole.Kernel)
        {
            return true;
        }

        bool isProgram = role is FileRole.Program or FileRole.Script
            || subPath.StartsWith("/bin/", StringComparison.Ordinal) || subPath.StartsWith("/sbin/", StringComparison.Ordinal) || subPath.StartsWith("/libexec/", StringComparison.Ordinal);
        name = role is null ? subPath[(subPath.LastIndexOf('/') + 1)..] : name;
        return isProgram && !IsForBuilding(name) && (_isMeantForHost || !IsHelper(name) || StandsAlone(evidence));
    }

    private string NameOf(ReferenceEvidence evidence) =>
        _target.Find(evidence.SubPath, out string name) is not null ? name : (evidence.SubPath ?? "")[((evidence.SubPath ?? "").LastIndexOf('/') + 1)..];

    /// <summary>Whether a program of this name served the build: a compiler, but for one that the path was meant to run.</summary>
    private bool IsForBuilding(string name) => !_isMeantForHost && IsCompiler(name);

    /// <summary>Whether the file name is a compiler's, alone or behind a target prefix (<c>armv7l-…-gcc</c>).</summary>
    private static bool IsCompiler(string name) => Compilers.Contains(name) || Compilers.Contains(name[(name.LastIndexOf('-') + 1)..]);

    private static bool IsHelper(string name) => Helpers.Contains(name);

    /// <summary>Whether a string is the path and nothing else: that is what a program passes to <c>exec</c>.</summary>
    private static bool StandsAlone(ReferenceEvidence evidence) =>
        evidence.Context is { } context && evidence.SubPath is { } subPath && context.StartsWith('/') && context.EndsWith(subPath, StringComparison.Ordinal) && !context.Contains(' ', StringComparison.Ordinal);
}
