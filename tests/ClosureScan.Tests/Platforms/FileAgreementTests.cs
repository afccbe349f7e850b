using ClosureScan.Platforms;
using ClosureScan.Platforms.Elf;
using ClosureScan.Testing;
using ClosureScan.Walking;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Tests.Platforms;

/// <summary>
/// What this library and <c>file</c> say of the same real files: those of Debian's ten architectures, and of a dozen more that its cross
/// compilers serve.
/// </summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class FileAgreementTests
{
    private static readonly string[] Architectures = ["amd64", "arm64", "armel", "armhf", "i386", "mips64el", "mipsel", "ppc64el", "riscv64", "s390x"];

    [Fact]
    public void Binaries_of_every_architecture_agree_with_file()
    {
        FileTool[] answers = FileTool.Run([.. ForeignBinaries.Files("*").Where(ElfAgreementTests.IsElf)]);
        Assert.InRange(answers.Length, 400, 2_000);
        Assert.All(answers, AssertAgrees);
    }

    [Fact]
    public void Compared_binaries_are_of_every_architecture_kind_and_linkage()
    {
        foreach (string architecture in Architectures)
        {
            FileTool[] answers = FileTool.Run([.. ForeignBinaries.Files($"*_{architecture}").Where(ElfAgreementTests.IsElf)]);
            Assert.Contains(answers, static answer => answer.Kind == "pie executable" && answer.Linkage == "dynamically linked" && answer.Interpreter is not null);
            Assert.Contains(answers, static answer => answer.Kind == "executable" && answer.Linkage == "statically linked");
            Assert.Contains(answers, static answer => answer.Kind == "shared object" && answer.Interpreter is null);
        }

        Assert.Contains(FileTool.Run([.. ForeignBinaries.Files("lib*-dev-*").Where(ElfAgreementTests.IsElf)]), static answer => answer.Kind == "relocatable");
    }

    [Fact]
    public void Debug_information_agrees_with_file()
    {
        string folder = Directory.CreateTempSubdirectory("closurescan-file-").FullName;
        try
        {
            string[] files = Compile(folder);
            FileTool[] answers = FileTool.Run(files);
            Assert.Equal((true, false), (answers[0].HasDebugInformation, answers[1].HasDebugInformation));
            Assert.All(answers, AssertAgrees);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Compile(string folder)
    {
        string source = Path.Combine(folder, "a.c");
        File.WriteAllText(source, "int main(void) { return 0; }\n");
        string compiler = RequiredTool.Find("arm-linux-gnueabihf-gcc");
        return [.. new[] { "-g", "-s", "-static", "-no-pie", "-c" }.Select((option, index) =>
        {
            string file = Path.Combine(folder, $"a{index}");
            string[] arguments = [option, "-o", file, source];
            ToolRun run = ToolRun.Execute(compiler, arguments);
            Assert.True(run.ExitCode == 0, run.Error);
            return file;
        })];
    }

    private static void AssertAgrees(FileTool expected)
    {
        byte[] bytes = File.ReadAllBytes(expected.Path);
        FileView view = new(bytes);
        FileIdentity identity = FileIdentifier.Identify(view);
        Assert.True(ElfFile.TryParse(view, out ElfFile? elf, out string? problem), problem);
        Platform platform = identity.Platform ?? throw new InvalidOperationException($"{expected.Path} has no platform.");
        Assert.Equal(
            (expected.Path, expected.Is64Bit, expected.IsBigEndian, expected.Interpreter, RoleOf(expected)),
            (expected.Path, elf.Header.Is64Bit, platform.Endianness == Endianness.Big, identity.Interpreter, identity.Role));
        Assert.Equal((expected.Path, expected.Linkage), (expected.Path, LinkageOf(elf)));
        Assert.Equal(
            (expected.Path, expected.HasSymbols, expected.HasDebugInformation),
            (expected.Path, elf.Sections.Any(static section => section.Type == SectionSymbols), HasDebugInformation(elf, view)));
        Assert.Contains(platform.Cpu, CpusOf(expected));
        AssertConvention(expected, platform, elf);

        // The loader and what it loads first have no note; a library that says nothing else has none either.
        Assert.True(!expected.IsForLinux || expected.Kind == "relocatable" || platform.Kernel == "linux", expected.Path);
    }

    private static FileRole RoleOf(FileTool answer) => answer.Kind switch
    {
        "relocatable" => FileRole.Object,
        "shared object" => FileRole.SharedLibrary,
        _ => FileRole.Program,
    };

    private static string? LinkageOf(ElfFile elf) =>
        elf.Header.Type == TypeRelocatable ? null
        : !elf.Segments.Any(static segment => segment.Type == SegmentDynamic) ? "statically linked"
        : "dynamically linked";

    private static bool HasDebugInformation(ElfFile elf, in FileView view)
    {
        foreach (ElfSection section in elf.Sections)
        {
            if (elf.ReadName(view, section) == ".debug_info")
            {
                return true;
            }
        }

        return false;
    }

    private static string[] CpusOf(FileTool answer) => answer.Machine switch
    {
        "x86-64" => ["x86_64"],
        "Intel 80386" => ["i686"],
        "ARM" => ["armv5tel", "armv6l", "armv7l", "arm"],
        "ARM aarch64" => ["aarch64"],
        "MIPS" => [$"mips{MipsVariant(answer)}{(answer.IsBigEndian ? "" : "el")}"],
        "PowerPC or cisco 4500" => ["powerpc"],
        "64-bit PowerPC or cisco 7500" => [answer.IsBigEndian ? "powerpc64" : "powerpc64le"],
        "UCB RISC-V" => [answer.Is64Bit ? "riscv64" : "riscv32"],
        "IBM S/390" => [answer.Is64Bit ? "s390x" : "s390"],
        "SPARC V9" => ["sparc64"],
        "Motorola m68k" => ["m68k"],
        "Renesas SH" => ["sh4"],
        "PA-RISC" => ["hppa"],
        "Synopsys ARCv2/HS3x/HS4x cores" => ["arc"],
        _ => throw new InvalidOperationException($"file names a processor that this test does not know: {answer.Machine}"),
    };

    private static string MipsVariant(FileTool answer) => answer.Variant switch
    {
        "MIPS32 rel6" => "isa32r6",
        "MIPS64 rel6" or "N32 MIPS64 rel6" => "isa64r6",
        "MIPS64 rel2" or "N32 MIPS64 rel2" => "64",
        _ => "",
    };

    private static void AssertConvention(FileTool answer, Platform platform, ElfFile elf)
    {
        string[]? conventions = answer.Variant switch
        {
            "EABI5" => answer.Kind == "relocatable" ? ["eabi", "eabihf", null!] : ["eabi", "eabihf"],
            "MIPS32 rel2" or "MIPS32 rel6" => ["o32"],
            "MIPS64 rel2" or "MIPS64 rel6" => ["n64"],
            "N32 MIPS64 rel2" => ["n32"],
            "Power ELF V1 ABI" => ["elfv1"],
            "OpenPOWER ELF V2 ABI" => ["elfv2"],
            "RVC, double-float ABI" => ["lp64d"],
            _ => null,
        };
        Assert.True(conventions is null || conventions.Contains(platform.Abi), $"{answer.Path}: {platform.Abi}, where file says {answer.Variant}");
        Assert.True(answer.Variant != "EABI5" || elf.Header.Flags >> 24 == 5, answer.Path);
        Assert.Equal(answer.Machine == "x86-64" && !answer.Is64Bit, platform.Abi == "x32");
    }
}
