using System.Collections.Concurrent;
using ClosureScan.Analysis.Tests.Corpus;
using ClosureScan.Platforms;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Situations;

/// <summary>Code that real compilers make of a line of C, each kind once a run. Processors that Debian's machine here has no compiler for are written byte by byte.</summary>
internal static class Code
{
    private static readonly ConcurrentDictionary<string, Lazy<byte[]>> Made = new();

    /// <summary>A program that starts through the loader of the machine's glibc in the store, or through another.</summary>
    public static byte[] Program(Machine machine, string? loader = null, string text = "hello") =>
        Compile(machine, $"int puts(const char*); int main(void) {{ return puts(\"{text}\"); }}", $"-Wl,--dynamic-linker={loader ?? $"{MemoryStore.PathOf(machine.Libc)}/lib/{machine.Loader}"}");

    /// <summary>A program that needs no loader.</summary>
    public static byte[] Static(Machine machine, string text = "hello") =>
        Compile(machine, $"const char text[] = \"{text}\"; const char *volatile used; void _start(void) {{ used = text; for (;;) {{ }} }}", "-static", "-nostdlib", "-ffreestanding");

    /// <summary>A shared library.</summary>
    public static byte[] Library(Machine machine) => Compile(machine, "int f(void) { return 1; }", "-shared", "-fPIC", "-nostdlib");

    /// <summary>An object.</summary>
    public static byte[] Object(Machine machine) => Compile(machine, "int f(void) { return 1; }", "-c");

    /// <summary>A module of a kernel.</summary>
    public static byte[] Module(Machine machine) => Compile(machine, "__attribute__((section(\".gnu.linkonce.this_module\"))) char m[64]; int init_module(void) { return 0; }", "-c");

    /// <summary>A library for Windows: the headers of a PE file.</summary>
    public static byte[] Windows(ushort number = 0x8664, bool isEfi = false)
    {
        byte[] file = new byte[1024];
        "MZ"u8.CopyTo(file);
        file[0x3c] = 0x80;
        "PE\0\0"u8.CopyTo(file.AsSpan(0x80));
        BitConverter.TryWriteBytes(file.AsSpan(0x84), number);
        BitConverter.TryWriteBytes(file.AsSpan(0x94), (ushort)240);
        BitConverter.TryWriteBytes(file.AsSpan(0x96), (ushort)0x2022);
        BitConverter.TryWriteBytes(file.AsSpan(0x98), (ushort)0x20b);
        BitConverter.TryWriteBytes(file.AsSpan(0x98 + 68), (ushort)(isEfi ? 10 : 3));
        BitConverter.TryWriteBytes(file.AsSpan(0x98 + 108), 16);
        return file;
    }

    /// <summary>What a tool of the machine's compiler makes of a file: <c>strip -S</c>.</summary>
    public static byte[] Edit(string tool, byte[] file, params string[] options)
    {
        using TemporaryTree tree = new();
        tree.File("x", file);
        ToolRun run = ToolRun.Execute(RequiredTool.Find(tool), [.. options, tree.PathOf("x")]);
        Assert.True(run.ExitCode == 0, run.Error);
        return File.ReadAllBytes(tree.PathOf("x"));
    }

    /// <summary>Python's byte code of a source.</summary>
    public static byte[] Python(string source)
    {
        using TemporaryTree tree = new();
        tree.File("x.py", source);
        ToolRun run = ToolRun.Execute(RequiredTool.Find("python3"), ["-c", $"import py_compile; py_compile.compile('{tree.PathOf("x.py")}', '{tree.PathOf("x.pyc")}', 'x.py')"]);
        Assert.True(run.ExitCode == 0, run.Error);
        return File.ReadAllBytes(tree.PathOf("x.pyc"));
    }

    /// <summary>Code for a system that does the work of a file of this role.</summary>
    public static byte[] For(string system, FileRole role, bool isStatic)
    {
        if (Machine.All.FirstOrDefault(machine => machine.System == system) is not { } real)
        {
            return system == "s390x-linux" ? Big(22)
                : CorpusMachine.All.FirstOrDefault(machine => machine.System == system) is not { } written ? new ElfBuilder { Type = 2 }.ArmAttributes((6, 6), (28, 1)).Build()
                : role == FileRole.SharedLibrary ? Library(written)
                : written.Elf(2).Build();
        }

        return role switch
        {
            FileRole.SharedLibrary => Library(real),
            FileRole.Kernel => Module(real),
            FileRole.Object => Object(real),
            FileRole.Archive => new ArchiveBuilder().Member("x.o/", Object(real)).Build(),
            _ => isStatic ? Static(real) : Program(real),
        };
    }

    /// <summary>A program for a big-endian machine, by its number in ELF.</summary>
    public static byte[] Big(ushort machine) => new ElfBuilder(true, big: true) { Machine = machine, Type = 2, Flags = 0 }.Build();

    /// <summary>A library for a machine that only its header tells of.</summary>
    public static byte[] Library(CorpusMachine machine) => machine.Elf().Dynamic(14, "lib.so").Build();

    /// <summary>What the machine's compiler makes of a source.</summary>
    public static byte[] Compile(Machine machine, string source, params string[] options) =>
        Made.GetOrAdd($"{machine.System} {string.Join(' ', options)} {source}", _ => new Lazy<byte[]>(() =>
        {
            using TemporaryTree tree = new();
            tree.File("x.c", source);
            ToolRun run = ToolRun.Execute(RequiredTool.Find(machine.Compiler), ["-O1", "-o", tree.PathOf("x"), tree.PathOf("x.c"), .. options]);
            Assert.True(run.ExitCode == 0, run.Error);
            return File.ReadAllBytes(tree.PathOf("x"));
        })).Value;
}
