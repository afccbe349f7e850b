namespace ClosureScan.Evidence;

/// <summary>
/// The kinds of text that a build leaves behind. The table is read from the top, and the first row that fits decides;
/// a row fits only when the path <em>and</em> the contents speak for it, for names alone lie: not every <c>.la</c> is libtool's.
/// What fits no row is a script body when it begins with <c>#!</c>, and plain text otherwise.
/// </summary>
internal static class TextKinds
{
    private delegate bool Test(in TextFile file);

    private static readonly (Mechanism Mechanism, Test Path, Test Contents)[] Rows =
    [
        // setup.sh, cc-wrapper and bintools-wrapper of Nixpkgs read and write these; the directory is theirs.
        (Mechanism.NixSupport, static (in file) => file.IsIn("nix-support"u8), static (in _) => true),

        // Generated for programs that are compiled against the package.
        (Mechanism.Libtool, static (in file) => file.Name.EndsWith(".la"u8),
            static (in file) => file.Has("libtool library file"u8) || file.Has("dependency_libs="u8)),
        (Mechanism.PkgConfig, static (in file) => file.Name.EndsWith(".pc"u8),
            static (in file) => file.Has("Name:"u8) || file.Has("Libs:"u8) || file.Has("Cflags:"u8) || file.Has("Version:"u8)),
        (Mechanism.Cmake, static (in file) => file.Name.EndsWith(".cmake"u8) || file.Name.SequenceEqual("CMakeCache.txt"u8),
            static (in file) => file.Has("("u8) || file.Has("CMAKE_"u8)),

        // What a language's runtime records of its own build; before makefiles, for some of these are makefiles.
        (Mechanism.Sysconfig, static (in file) => file.Name.StartsWith("_sysconfig"u8) && (file.Name.EndsWith(".py"u8) || file.Name.EndsWith(".json"u8)),
            static (in file) => file.Has("build_time_vars"u8) || file.Has("'CC'"u8) || file.Has("\""u8)),
        (Mechanism.Sysconfig, static (in file) => file.IsInDirectoryStartingWith("config-"u8) && file.Name.StartsWith("Makefile"u8),
            static (in file) => file.Has("Python"u8) || file.Has("python"u8) || file.Has("VERSION="u8)),
        (Mechanism.Sysconfig, static (in file) => file.Name.StartsWith("Config"u8) && (file.Name.EndsWith(".pm"u8) || file.Name.EndsWith(".pl"u8)),
            static (in file) => file.Has("package Config"u8) || file.Has("Config.pm"u8) || file.Has("archname"u8)),
        (Mechanism.Sysconfig, static (in file) => file.Name.SequenceEqual("rbconfig.rb"u8), static (in file) => file.Has("RbConfig"u8)),
        (Mechanism.Sysconfig, static (in file) => file.IsIn("etc"u8) && (file.Name.SequenceEqual("Makeconf"u8) || file.Name.SequenceEqual("Renviron"u8) || file.Name.SequenceEqual("ldpaths"u8)),
            static (in file) => file.Has("R_"u8)),
        (Mechanism.Sysconfig, static (in file) => file.Name.SequenceEqual("config.gypi"u8), static (in file) => file.Has("target_defaults"u8) || file.Has("'variables'"u8) || file.Has("\"variables\""u8)),
        (Mechanism.Sysconfig, static (in file) => file.Name.SequenceEqual("settings"u8), static (in file) => file.Has("compiler command\""u8) || file.Has("(\"GCC "u8)),
        (Mechanism.Sysconfig, static (in file) => file.IsIn("package.conf.d"u8) && file.Name.EndsWith(".conf"u8), static (in file) => file.Has("id:"u8)),
        (Mechanism.Sysconfig, static (in file) => file.Name.SequenceEqual("build-defs.h"u8), static (in file) => file.Has("CONFIGURE_COMMAND"u8) || file.Has("PHP_"u8)),
        (Mechanism.Sysconfig, static (in file) => file.Name.SequenceEqual("tclConfig.sh"u8) || file.Name.SequenceEqual("tkConfig.sh"u8), static (in file) => file.Has("TCL_"u8) || file.Has("TK_"u8)),

        (Mechanism.Makefile, static (in file) => IsMakefileName(file.Name), static (in file) => file.Has("="u8) || file.Has(":"u8) || file.Has("include "u8)),

        (Mechanism.ConfigScript, static (in file) => file.IsScript && IsConfigName(file.Name),
            static (in file) => file.Has("--cflags"u8) || file.Has("--libs"u8) || file.Has("--prefix"u8) || file.Has("prefix="u8)),
    ];

    /// <summary>What the text is; for a script, what the lines below its first are.</summary>
    public static Mechanism Recognise(in TextFile file)
    {
        foreach ((Mechanism mechanism, Test path, Test contents) in Rows)
        {
            if (path(file) && contents(file))
            {
                return mechanism;
            }
        }

        return file.IsScript ? Mechanism.ScriptBody : Mechanism.Text;
    }

    /// <summary>A version may follow: <c>php-config8.2</c>.</summary>
    private static bool IsConfigName(ReadOnlySpan<byte> name) => name.TrimEnd("0123456789."u8).EndsWith("-config"u8);

    private static bool IsMakefileName(ReadOnlySpan<byte> name) =>
        name.StartsWith("Makefile"u8) || name.SequenceEqual("makefile"u8) || name.StartsWith("GNUmakefile"u8)
        || name.SequenceEqual("Makeconf"u8) || name.SequenceEqual("Makevars"u8)
        || name.EndsWith(".mk"u8) || name.EndsWith(".mak"u8);
}
