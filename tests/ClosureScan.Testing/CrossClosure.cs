using System.Collections.Immutable;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Testing;

/// <summary>
/// A closure of real packages (bash, bzip2, curl, gzip, libpng, lua, mawk, tcl, zlib), cross-compiled for armv7l by a real Nix and a
/// real compiler from tests/cross-closure. It leaks where upstream's own build systems leak. The first build on a machine takes
/// one to three minutes; Nix keeps the result, so every later one is immediate. Use it as a class fixture.
/// </summary>
/// <remarks>Its sources come from tests/cross-closure/fetch-sources.sh, which needs a network; without them the test is skipped.</remarks>
public sealed class CrossClosure : IDisposable
{
    private const string Host = "armv7l-unknown-linux-gnueabihf";

    private readonly Lazy<string> _root;
    private readonly Lazy<ImmutableArray<StorePath>> _paths;

    /// <summary>Makes the fixture; builds nothing yet.</summary>
    public CrossClosure()
    {
        _root = new Lazy<string>(Build);
        _paths = new Lazy<ImmutableArray<StorePath>>(() => [.. Nix.Closure(_root.Value).Select(StorePath.Parse).Order()]);
    }

    /// <summary>The name of the closure's root, which has links to the programs of all packages.</summary>
    public static string RootName => $"cross-image-{Host}-1.0";

    /// <summary>The names of the paths of the build side; every other path is of the host side.</summary>
    public static ImmutableArray<string> BuildSide { get; } =
    [
        "bash-5.2", "coreutils-9.1", "glibc-2.36", "gnugrep-3.8", $"{Host}-binutils-2.40", $"{Host}-gcc-12.2.0", $"{Host}-gcc-wrapper-12.2.0",
    ];

    /// <summary>Every file of the host side that names a path of the build side, by each mechanism, found by hand with grep, file and readelf.</summary>
    public static ImmutableArray<ExpectedLeak> Leaks { get; } =
    [
        // The scripts that configure wrote know the compiler.
        new($"bash-{Host}-5.2.15", $"{Host}-gcc-wrapper-12.2.0", "bin/bashbug", Mechanism.ScriptBody),
        new($"bash-{Host}-5.2.15", $"{Host}-gcc-wrapper-12.2.0", "lib/bash/Makefile.inc", Mechanism.Makefile),
        new($"bash-{Host}-5.2.15", $"{Host}-gcc-wrapper-12.2.0", "lib/pkgconfig/bash.pc", Mechanism.PkgConfig),
        new($"curl-{Host}-7.88.1", $"{Host}-gcc-wrapper-12.2.0", "bin/curl-config", Mechanism.ConfigScript),
        new($"tcl-{Host}-8.6.13", $"{Host}-gcc-wrapper-12.2.0", "lib/tclConfig.sh", Mechanism.Sysconfig),

        // configure looked in PATH and wrote down what it found.
        new($"bash-{Host}-5.2.15", "coreutils-9.1", "lib/bash/Makefile.inc", Mechanism.Makefile),
        new($"gzip-{Host}-1.12", "gnugrep-3.8", "bin/zgrep", Mechanism.ScriptBody),

        // Debug information lists the folders that headers came from; the compiler brings some of its own.
        new($"bzip2-{Host}-1.0.8", $"{Host}-gcc-12.2.0", "bin/bunzip2", Mechanism.ElfDebug),
        new($"bzip2-{Host}-1.0.8", $"{Host}-gcc-12.2.0", "bin/bzcat", Mechanism.ElfDebug),
        new($"bzip2-{Host}-1.0.8", $"{Host}-gcc-12.2.0", "bin/bzip2", Mechanism.ElfDebug),
        new($"bzip2-{Host}-1.0.8", $"{Host}-gcc-12.2.0", "bin/bzip2recover", Mechanism.ElfDebug),
        new($"bzip2-{Host}-1.0.8", $"{Host}-gcc-12.2.0", "lib/libbz2.a", Mechanism.ArchiveMember),

        // gzip's makefile puts the shell that make runs into its scripts; gzexe writes it into others, too.
        new($"gzip-{Host}-1.12", "bash-5.2", "bin/gzexe", Mechanism.ScriptBody),
        .. from script in (string[])
           [
               "gunzip", "gzexe", "uncompress", "zcat", "zcmp", "zdiff", "zegrep", "zfgrep", "zforce", "zgrep", "zless", "zmore", "znew",
           ]
           select new ExpectedLeak($"gzip-{Host}-1.12", "bash-5.2", $"bin/{script}", Mechanism.Shebang),
    ];

    /// <summary>The Nix that built it.</summary>
    public RealNix Nix { get; } = new();

    /// <summary>The root, in /nix/store.</summary>
    public StorePath Root => StorePath.Parse(_root.Value);

    /// <summary>Every path of the closure, sorted.</summary>
    public ImmutableArray<StorePath> Paths => _paths.Value;

    /// <inheritdoc/>
    public void Dispose() => Nix.Dispose();

    private string Build()
    {
        foreach (string tool in (string[])["nix-build", "arm-linux-gnueabihf-gcc", "gcc", "make", "patchelf"])
        {
            RequiredTool.Find(tool);
        }

        string sources = Path.Combine(TestCache.Folder, "sources");
        if (!Directory.Exists(sources))
        {
            RequiredTool.Missing($"source archives in {sources}; tests/cross-closure/fetch-sources.sh downloads them");
        }

        return Nix.BuildFile(Repository.PathOf("tests/cross-closure/default.nix"), ("sources", sources))[0];
    }
}
