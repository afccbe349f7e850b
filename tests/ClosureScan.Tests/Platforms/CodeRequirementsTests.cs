using ClosureScan.Platforms;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Platforms;

/// <summary>What code asks of its machine: of real files as <c>readelf</c> has it, of made ones what Debian does not build.</summary>
public sealed class CodeRequirementsTests
{
    private const uint Mips32Release2 = 0x70001007;
    private const uint MipsAbiFlags = 0x7000002a;
    private const uint RiscVAttributes = 0x70000003;

    [Theory]
    [InlineData("libc6-mips*-cross_*", "mips")]
    [InlineData("*_mips*el", "mips")]
    [InlineData("libc6-riscv64-cross_*", "rv64")]
    [InlineData("*_riscv64", "rv64")]
    public void Instruction_set_and_floats_of_real_files_agree_with_readelf(string packages, string prefix)
    {
        RequiredTool.Find("readelf");
        string[] files = [.. ForeignBinaries.Files(packages).Where(ElfAgreementTests.IsElf).Where((_, index) => index % 5 == 0)];
        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            Readelf expected = Readelf.Run(file);
            CodeRequirements? found = FileIdentifier.Identify(new FileView(File.ReadAllBytes(file))).Requirements;
            Assert.StartsWith(prefix, found?.InstructionSet, StringComparison.Ordinal);
            Assert.Equal(
                (file, InstructionSetOf(expected), FloatingPointOf(expected), expected.Field("Tag_RISCV_stack_align:")),
                (file, found?.InstructionSet, found?.FloatingPoint, found?.StackAlignment is { } bytes ? $"{bytes}-bytes" : null));
        });
    }

    [Theory]
    [InlineData("-Wl,-z,x86-64-v3", "x86-64-v3")]
    [InlineData("-Wl,-z,x86-64-v2", "x86-64-v2")]
    [InlineData("-Wl,-z,x86-64-baseline", null)]
    [InlineData("-s", null)]
    public void Level_of_x86_64_is_told_where_a_note_has_it(string option, string? expected)
    {
        string file = Path.GetTempFileName();
        try
        {
            ToolRun run = ToolRun.Execute(RequiredTool.Find("gcc"), ["-nostdlib", "-shared", option, "-x", "c", "/dev/null", "-o", file]);
            Assert.True(run.ExitCode == 0, run.Error);
            RequiredTool.Find("readelf");
            FileIdentity identity = FileIdentifier.Identify(new FileView(File.ReadAllBytes(file)));
            Assert.Equal(expected, identity.Requirements?.InstructionSet);
            Assert.Equal(expected is not null, Readelf.Run(file).Lines.Any(line => expected is not null && line.Contains(expected, StringComparison.Ordinal)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(32, 2, 3, "mips32r2", "soft")]
    [InlineData(32, 1, 1, "mips32", "double")]
    [InlineData(64, 6, 6, "mips64r6", "fp64")]
    [InlineData(3, 0, 2, "mips3", "single")]
    [InlineData(32, 5, 7, "mips32r5", "fp64a")]
    [InlineData(7, 0, 5, null, "fpxx")]
    public void Flags_of_mips_code_are_read_of_either_byte_order_and_kind_of_file(byte level, byte revision, byte floats, string? instructionSet, string floatingPoint)
    {
        foreach ((bool big, ushort type) in new (bool, ushort)[] { (false, 1), (true, 1), (true, 3) })
        {
            byte[] flags = new byte[24];
            (flags[2], flags[3], flags[7]) = (level, revision, floats);
            byte[] file = new ElfBuilder(big: big) { Machine = 8, Type = type, Flags = Mips32Release2 }.Section(".MIPS.abiflags", MipsAbiFlags, 2, flags).Build();
            CodeRequirements? found = FileIdentifier.Identify(new FileView(file)).Requirements;
            Assert.Equal((instructionSet, floatingPoint), (found?.InstructionSet, found?.FloatingPoint));
        }
    }

    [Fact]
    public void Attributes_cut_short_or_of_another_vendor_tell_nothing_false()
    {
        byte[] whole = Attributes("riscv", [4, 16, 5, .. "rv64i2p1"u8, 0]);
        Assert.Equal(new CodeRequirements { InstructionSet = "rv64i2p1", StackAlignment = 16 }, Identify(whole));
        Assert.Null(Identify(Attributes("other", [4, 16])));
        Assert.Equal(new CodeRequirements { StackAlignment = 16 }, Identify(Attributes("riscv", [4, 16, 5, .. "x86\n"u8, 0])));
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Null(Identify(whole[..length])?.InstructionSet);
        }
    }

    private static CodeRequirements? Identify(byte[] attributes) => FileIdentifier.Identify(new FileView(
        new ElfBuilder(is64: true) { Machine = 243, Type = 1, Flags = 5 }.Section(".riscv.attributes", RiscVAttributes, 0, attributes).Build())).Requirements;

    private static byte[] Attributes(string vendor, byte[] tags)
    {
        byte[] part = [1, .. BitConverter.GetBytes(tags.Length + 5), .. tags];
        byte[] name = [.. System.Text.Encoding.ASCII.GetBytes(vendor), 0];
        return [(byte)'A', .. BitConverter.GetBytes(part.Length + name.Length + 4), .. name, .. part];
    }

    private static string? InstructionSetOf(Readelf answer) =>
        answer.Field("ISA:")?.ToLowerInvariant() ?? answer.Field("Tag_RISCV_arch:")?.Trim('"');

    private static string? FloatingPointOf(Readelf answer) => answer.Field("FP ABI:") switch
    {
        null => null,
        "Hard float (double precision)" => "double",
        "Hard float (32-bit CPU, Any FPU)" => "fpxx",
        "Hard float (32-bit CPU, 64-bit FPU)" => "fp64",
        "Soft float" => "soft",
        "Hard or soft float" => null,
        string other => other,
    };
}
