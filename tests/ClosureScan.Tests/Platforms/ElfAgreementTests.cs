using ClosureScan.Platforms;
using ClosureScan.Platforms.Elf;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Platforms;

/// <summary>What this library and binutils say of the same real files.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class ElfAgreementTests
{
    private const string ArmLibraries = "/usr/arm-linux-gnueabihf/lib";

    [Fact]
    public void Cross_libraries_of_this_machine_agree_with_readelf()
    {
        RequiredTool.Find("readelf");
        string[] files = ElfFilesIn(ArmLibraries, "the package libc6-armhf-cross").ToArray();
        Assert.NotEmpty(files);
        Assert.All(files, AssertAgrees);
    }

    [Fact]
    public void Programs_of_this_machine_agree_with_readelf()
    {
        RequiredTool.Find("readelf");
        string[] files = ElfFilesIn("/usr/bin", "programs in /usr/bin").Where((_, index) => index % 40 == 0).Take(20).ToArray();
        Assert.NotEmpty(files);
        Assert.All(files, AssertAgrees);
    }

    [Fact]
    public void Hard_float_libraries_are_armv7l_with_the_hard_float_convention()
    {
        FileIdentity identity = FileIdentifier.Identify(new FileView(File.ReadAllBytes(Need(ArmLibraries + "/libm.so.6", "the package libc6-armhf-cross"))));
        Assert.Equal(FileRole.SharedLibrary, identity.Role);
        Assert.Equal(
            new Platform { Cpu = "armv7l", Bits = 32, Kernel = "linux", Abi = "eabihf", Libc = "glibc" }, identity.Platform);
    }

    [Fact]
    public void Archive_of_hard_float_objects_is_hard_float_although_some_members_do_not_say_so()
    {
        FileIdentity identity = FileIdentifier.Identify(new FileView(File.ReadAllBytes(Need(ArmLibraries + "/libc.a", "the package libc6-armhf-cross"))));
        Assert.Equal((FileFormat.Archive, FileRole.Archive, "armv7l", "eabihf"), (identity.Format, identity.Role, identity.Platform?.Cpu, identity.Platform?.Abi));
        Assert.Null(identity.Note);
        Assert.Contains(identity.Members, tally => tally.Platform is { Cpu: "armv7l", Abi: null });
        Assert.DoesNotContain(identity.Members, tally => tally.Platform is { Abi: "eabi" });
        Assert.All(identity.Members, tally => Assert.EndsWith(".o", tally.First, StringComparison.Ordinal));
    }

    [Fact]
    public void Empty_archive_has_no_platform()
    {
        FileIdentity identity = FileIdentifier.Identify(new FileView("!<arch>\n"u8));
        Assert.Equal((FileFormat.Archive, null, null, 0), (identity.Format, identity.Platform, identity.Note, identity.Members.Length));
    }

    [Theory]
    [InlineData("hello_*_amd64", "x86_64", 64, null)]
    [InlineData("hello_*_i386", "i686", 32, null)]
    [InlineData("hello_*_armhf", "armv7l", 32, "eabihf")]
    [InlineData("hello_*_armel", "armv5tel", 32, "eabi")]
    [InlineData("hello_*_arm64", "aarch64", 64, null)]
    [InlineData("hello_*_mips64el", "mips64el", 64, "n64")]
    [InlineData("hello_*_mipsel", "mipsel", 32, "o32")]
    [InlineData("hello_*_ppc64el", "powerpc64le", 64, "elfv2")]
    [InlineData("hello_*_s390x", "s390x", 64, null)]
    [InlineData("hello_*_riscv64", "riscv64", 64, "lp64d")]
    [InlineData("libc6-mips-cross_*", "mips", 32, "o32")]
    [InlineData("libc6-mips64-cross_*", "mips64", 64, "n64")]
    [InlineData("libc6-mipsn32-cross_*", "mips64", 32, "n32")]
    [InlineData("libc6-mipsr6-cross_*", "mipsisa32r6", 32, "o32")]
    [InlineData("libc6-mips64r6-cross_*", "mipsisa64r6", 64, "n64")]
    [InlineData("libc6-powerpc-cross_*", "powerpc", 32, null)]
    [InlineData("libc6-ppc64-cross_*", "powerpc64", 64, "elfv1")]
    [InlineData("libc6-riscv64-cross_*", "riscv64", 64, "lp64d")]
    [InlineData("libc6-sparc64-cross_*", "sparc64", 64, null)]
    [InlineData("libc6-m68k-cross_*", "m68k", 32, null)]
    [InlineData("libc6-sh4-cross_*", "sh4", 32, null)]
    [InlineData("libc6-hppa-cross_*", "hppa", 32, null)]
    [InlineData("libc6-x32-cross_*", "x86_64", 32, "x32")]
    [InlineData("libc6-arc-cross_*", "arc", 32, null)]
    public void Program_or_c_library_of_a_foreign_architecture_has_its_platform(string package, string cpu, int bits, string? abi)
    {
        bool isProgram = package.StartsWith("hello", StringComparison.Ordinal);
        string file = ForeignBinaries.Files(package).Single(path => Path.GetFileName(path) == (isProgram ? "hello" : CLibraryName(cpu)));
        FileIdentity identity = FileIdentifier.Identify(new FileView(File.ReadAllBytes(file)));
        Assert.Equal(isProgram ? FileRole.Program : FileRole.SharedLibrary, identity.Role);
        Assert.Equal(
            (cpu, bits, abi, "linux", "glibc"),
            (identity.Platform?.Cpu, identity.Platform?.Bits, identity.Platform?.Abi, identity.Platform?.Kernel, identity.Platform?.Libc));
    }

    [Fact]
    public void Binaries_of_twenty_architectures_agree_with_readelf()
    {
        RequiredTool.Find("readelf");
        // Every seventh of a libc's plug-ins does: they differ in little.
        string[] files = ForeignBinaries.Files("*").Where(IsElf).Where((_, index) => index % 7 == 0).ToArray();
        Assert.InRange(files.Length, 50, 1_000);
        Assert.All(files, AssertAgrees);
    }

    [Fact]
    public void Archive_of_soft_float_objects_is_not_hard_float()
    {
        string file = ForeignBinaries.Files("libc6-dev-armel-cross_*").Single(path => Path.GetFileName(path) == "libc.a");
        FileIdentity identity = FileIdentifier.Identify(new FileView(File.ReadAllBytes(file)));
        Assert.Equal(("armv5tel", null, null), (identity.Platform?.Cpu, identity.Platform?.Abi, identity.Note));
    }

    private static string CLibraryName(string cpu) => cpu is "alpha" ? "libc.so.6.1" : "libc.so.6";

    private static void AssertAgrees(string file)
    {
        Readelf expected = Readelf.Run(file);
        byte[] bytes = File.ReadAllBytes(file);
        Assert.True(ElfFile.TryParse(new FileView(bytes), out ElfFile? elf, out string? problem), problem);
        FileIdentity identity = FileIdentifier.Identify(new FileView(bytes));
        Assert.Equal(
            (file, expected.Is64Bit, expected.IsBigEndian, expected.Flags, expected.Interpreter, null),
            (file, elf.Header.Is64Bit, elf.Header.IsBigEndian, $"0x{elf.Header.Flags:x}", identity.Interpreter, identity.Note));
        Assert.Equal(expected.Needed, identity.Needed);
        Assert.Equal(expected.RunPath, identity.RunPath);
        Assert.NotNull(identity.Platform);
        if (expected.Machine == "ARM")
        {
            string cpu = expected.CpuArchitecture switch { "v7" => "armv7l", "v6" or "v6K" or "v6KZ" or "v6T2" => "armv6l", "v5TE" or "v5TEJ" or "v5T" => "armv5tel", _ => "arm" };
            Assert.Equal((file, cpu), (file, identity.Platform.Cpu));
            Assert.Equal(expected.HardFloatArguments, identity.Platform.Abi == "eabihf" && expected.HardFloatArguments);
        }
    }

    private static IEnumerable<string> ElfFilesIn(string folder, string need)
    {
        if (!Directory.Exists(folder))
        {
            RequiredTool.Missing(need);
        }

        return Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Where(IsElf);
    }

    internal static bool IsElf(string file)
    {
        using FileStream stream = File.OpenRead(file);
        Span<byte> magic = stackalloc byte[4];
        return stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && ElfHeader.HasMagic(magic);
    }

    private static string Need(string file, string need)
    {
        if (!File.Exists(file))
        {
            RequiredTool.Missing(need);
        }

        return file;
    }
}
