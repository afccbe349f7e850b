using System.Diagnostics.CodeAnalysis;

namespace ClosureScan.Analysis.Comparing;

/// <summary>The kinds of differences by their names in reports and policies, and what they mean.</summary>
public static class DifferenceKinds
{
    private static readonly (string Name, string Title, string Explanation, string Example)[] All =
    [
        ("headers", "another header", "A macro, a type or a declaration that programs are compiled against. Another value can be another ABI: two programs that disagree on the size of a type read each other's memory wrongly.", "apr.h: typedef of apr_off_t: long (cross), off64_t (native)"),
        ("exports", "another export", "A library gives a function or variable that the other does not, or a variable of another size. Whoever is linked against the one may not start with the other.", "libapr-1.so: apr__atomic_generic64_init (cross only)"),
        ("imports", "another import", "A program asks its libraries for another function. This shows what configure decided: lost are often the 64-bit variants, the fortified ones, accept4, dup3 and getrandom.", "bash: getcwd@GLIBC_2.4 (native only): a function of its own takes the place of the C library's"),
        ("needed", "another library", "Another library is loaded with it, or looked for elsewhere.", "libfoo.so: libiconv.so.2 (cross only)"),
        ("soname", "another name", "The library is loaded by another name.", "libfoo.so.1 (cross), libfoo.so.2 (native)"),
        ("interpreter", "another interpreter", "The program is started by another loader.", "ld-linux.so.3 (cross), ld-linux-armhf.so.3 (native)"),
        ("machine", "another machine", "The file is for another processor.", "x86_64 (cross), arm (native)"),
        ("attributes", "another build attribute", "The code asks another thing of its processor or follows another convention.", "FP_arch: 3 (cross), 4 (native)"),
        ("hardening", "other hardening", "One side is protected otherwise: read-only relocations, immediate binding, the stack, position independence.", "relro: no (cross), yes (native)"),
        ("properties", "another property note", "What all of the code supports differs: branch protection, shadow stacks, the instruction set's level.", "branch-target-identification: no (cross), yes (native)"),
        ("pkg-config", "another pkg-config field", "Programs are compiled or linked with other flags.", "apr-1.pc Cflags: -D_LARGEFILE64_SOURCE (native only)"),
        ("cmake", "another CMake setting", "Programs that find the package by CMake are built otherwise.", "FooConfig.cmake FOO_HAS_SSL: OFF (cross), ON (native)"),
        ("libtool", "another libtool field", "Programs linked by libtool are linked otherwise.", "libfoo.la dependency_libs: -liconv (cross only)"),
        ("config-script", "another answer of a *-config script", "Programs that ask the script are built with other flags.", "apr-1-config CPPFLAGS: -D_LARGEFILE64_SOURCE (native only)"),
        ("settings", "another setting", "A language's configuration says another thing: extensions are built by it.", "_sysconfigdata.py HAVE_GETRANDOM: 0 (cross), 1 (native)"),
        ("modules", "a module is missing", "A module of Perl, Python, Ruby or Lua is on one side only.", "lib/python3.12/lib-dynload/_ctypes.so (native only)"),
        ("tables", "other contents of a table", "A table of one name and size has other contents: most likely it was computed on the build machine, with its sizes of types.", "j__L_Leaf1PopToWords: other contents from byte 2 on"),
        ("data", "other data", "Strings or constants of a binary differ.", ".rodata text: \"invalid format\" (cross only)"),
        ("code", "other code", "Machine code differs in more than addresses. Told by the sizes of functions.", "printf_builtin: 5120 bytes (cross), 5316 bytes (native)"),
        ("files", "a file is missing", "A file, link or directory is on one side only: in cross builds most often what the built program would have generated, manual pages, completions, introspection data.", "share/man/man1/foo.1.gz (native only)"),
        ("modes", "another kind or mode", "One is a file where the other is a link or a directory, or only one can be executed.", "bin/foo: file (cross), program (native)"),
        ("links", "another link", "A symbolic link leads elsewhere.", "lib/libfoo.so: libfoo.so.1 (cross), libfoo.so.2 (native)"),
        ("mapping", "paths that are not each other's", "The same place names a path whose counterpart is another one: one path stands for two, or it has none. When the cross side names a build path there, it is a leak.", "…-perl-5.38 at byte 2 (cross), …-perl-armv7l-5.38 at byte 2 (native)"),
        ("text", "another text", "Lines of a text of no special meaning differ.", "share/doc/foo/README: \"built for x86_64\""),
        ("bytes", "other bytes", "A file of a format that is not read differs.", "share/foo.dat: 12 bytes differ, the first at byte 512"),
        ("unknown", "not compared", "The contents could not be compared: the file is too large, or of one side only a manifest is at hand.", "share/images/big.raw: larger than 64 MiB"),
        ("build-facts", "facts of the build", "What is written down of how it was built and nothing uses at run time. Level L4.", "libtool build_alias: x86_64-linux-gnu (cross), arm-linux-gnueabihf (native)"),
        ("layout", "moved", "Only places differ: alignment, lengths of strings and the addresses behind them. Level L3.", "libz.so: page-size 0x1000 (cross), 0x10000 (native)"),
    ];

    /// <summary>Every kind, in the order of reports.</summary>
    internal static IReadOnlyList<DifferenceKind> Values { get; } = Enum.GetValues<DifferenceKind>();

    /// <summary>The kind's name: <c>headers</c>, <c>pkg-config</c>.</summary>
    public static string ToName(this DifferenceKind kind) => All[(int)kind].Name;

    /// <summary>What it is, in a few words.</summary>
    internal static string Title(this DifferenceKind kind) => All[(int)kind].Title;

    /// <summary>What it means, in sentences.</summary>
    internal static string Explanation(this DifferenceKind kind) => All[(int)kind].Explanation;

    /// <summary>An example of a report's line.</summary>
    internal static string Example(this DifferenceKind kind) => All[(int)kind].Example;

    /// <summary>Finds a kind by its name.</summary>
    internal static bool TryParse([NotNullWhen(true)] string? name, out DifferenceKind kind)
    {
        int index = Array.FindIndex(All, item => item.Name == name);
        kind = (DifferenceKind)Math.Max(index, 0);
        return index >= 0;
    }
}
