using System.Text;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>One reference, or one file of the wrong machine, that is put into one file of one package.</summary>
internal sealed record Plant
{
    /// <summary>The package that holds it; see <see cref="CorpusMachine.Name"/>.</summary>
    public required string Package { get; init; }

    /// <summary>The file that carries it; empty when the store path is the file.</summary>
    public required string File { get; init; }

    /// <summary>Makes the file.</summary>
    public required Func<CorpusSite, CorpusFile> Carrier { get; init; }

    /// <summary>What is referred to; null for a file of the wrong machine.</summary>
    public CorpusTarget? Target { get; init; }

    /// <summary>The machine that the file is built for instead of the host.</summary>
    public CorpusMachine? WrongMachine { get; init; }

    /// <summary>A machine whose code is right in this file, when it is not the host.</summary>
    public CorpusMachine? RightMachine { get; init; }

    /// <summary>What carries it.</summary>
    public required Mechanism Mechanism { get; init; }

    /// <summary>The finding it has to give; null for an edge on the way to one.</summary>
    public string? Rule { get; init; } = RuleIds.ForeignReference;

    /// <summary>What it does on the host.</summary>
    public Effect Effect { get; init; }

    /// <summary>Whether what is planted belongs to the build side.</summary>
    public bool IsForeign => Rule is RuleIds.ForeignReference or RuleIds.ForeignInterpreter or RuleIds.ForeignBinary;

    /// <summary>An executable script whose first line names <paramref name="program"/> of the target.</summary>
    public static Plant Shebang(string package, string file, CorpusTarget target, string program = "/bin/bash", string body = "echo \"$0\"\n") => new()
    {
        Package = package,
        File = file,
        Carrier = site => Text(site, $"#!<it>{program}\n{body}", executable: true),
        Target = target,
        Mechanism = Mechanism.Shebang,
        Rule = RuleIds.ForeignInterpreter,
        Effect = Effect.Breaks,
    };

    /// <summary>A text. It bloats unless said otherwise.</summary>
    public static Plant Text(string package, string file, Mechanism mechanism, CorpusTarget target, string template, bool executable = false) => new()
    {
        Package = package,
        File = file,
        Carrier = site => Text(site, template, executable),
        Target = target,
        Mechanism = mechanism,
    };

    /// <summary>A program with a text in its read-only data.</summary>
    public static Plant InProgram(string package, string file, CorpusTarget target, string template) =>
        Elf(package, file, Mechanism.ElfRodata, target, (site, elf) => elf.Interpreter($"{site.Libc}/lib/{site.Machine.Loader}").Section(".rodata", 1, 2, Strings(site, template)));

    /// <summary>A shared library with a text in its read-only data.</summary>
    public static Plant InLibrary(string package, string file, CorpusTarget target, string template) =>
        Elf(package, file, Mechanism.ElfRodata, target, (site, elf) => elf.Section(".rodata", 1, 2, Strings(site, template)).Dynamic(14, "lib.so"));

    /// <summary>A program or library that finds its libraries below the target.</summary>
    public static Plant RunPath(string package, string file, CorpusTarget target, string directory = "/lib", bool program = true) =>
        Elf(package, file, Mechanism.ElfRunpath, target, (site, elf) =>
            (program ? elf.Interpreter($"{site.Libc}/lib/{site.Machine.Loader}") : elf.Dynamic(14, "lib.so")).Dynamic(29, site.Fill($"{site.Libc}/lib:<it>{directory}")));

    /// <summary>An ELF file of any layout.</summary>
    public static Plant Elf(
        string package, string file, Mechanism mechanism, CorpusTarget target, Func<CorpusSite, ElfBuilder, ElfBuilder> describe, ushort type = 3) => new()
        {
            Package = package,
            File = file,
            Carrier = site => new CorpusFile(describe(site, site.Machine.Elf(type)).Build(), type != 1),
            Target = target,
            Mechanism = mechanism,
        };

    /// <summary>A symlink into the target.</summary>
    public static Plant Link(string package, string file, CorpusTarget target, string subPath = "") => new()
    {
        Package = package,
        File = file,
        Carrier = site => new CorpusFile([], Target: site.It + subPath),
        Target = target,
        Mechanism = Mechanism.SymlinkTarget,
    };

    /// <summary>A file that was built for <paramref name="wrong"/>, without any reference.</summary>
    public static Plant WrongFile(string package, string file, CorpusMachine wrong, bool program = true) => new()
    {
        Package = package,
        File = file,
        Carrier = site => new CorpusFile(
            program ? site.Machine.Elf(2).Build() : site.Machine.Elf().Dynamic(14, "lib.so").Build(),
            program),
        WrongMachine = wrong,
        Mechanism = Mechanism.Data,
        Rule = RuleIds.ForeignBinary,
        Effect = Effect.Breaks,
    };

    /// <summary>A program that was built for <paramref name="wrong"/>, and its interpreter there.</summary>
    public static Plant WrongInterpreter(string package, string file, CorpusMachine wrong, CorpusTarget libc) => new()
    {
        Package = package,
        File = file,
        Carrier = site => new CorpusFile(site.Machine.Elf().Interpreter($"{site.It}/lib/{site.Machine.Loader}").Build(), true),
        Target = libc,
        WrongMachine = wrong,
        Mechanism = Mechanism.ElfInterpreter,
        Rule = RuleIds.ForeignInterpreter,
        Effect = Effect.Breaks,
    };

    private static CorpusFile Text(CorpusSite site, string template, bool executable) =>
        new(Encoding.UTF8.GetBytes(site.Fill(template)), executable);

    private static byte[] Strings(CorpusSite site, string template) => Encoding.UTF8.GetBytes($"usage: %s\0{site.Fill(template)}\0out of memory\0");
}
