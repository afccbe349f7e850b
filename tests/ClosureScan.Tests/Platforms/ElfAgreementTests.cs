using ClosureScan.Platforms;
using ClosureScan.Platforms.Elf;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Platforms;

/// <summary>What this library and binutils say of the same real files.</summary>
public sealed class ElfAgreementTests
{
    private const string ArmLibraries = "/usr/arm-linux-gnueabihf/lib";

    [Fact]
    public void Cross_libraries_of_this_machine_agree_with_readelf()
    {
        string[] files = ElfFilesIn(ArmLibraries, "the package libc6-armhf-cross").ToArray();
        Assert.NotEmpty(files);
        Assert.All(files, AssertAgrees);
    }

    [Fact]
    public void Programs_of_this_machine_agree_with_readelf()
    {
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

        return Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Where(file =>
        {
            using FileStream stream = File.OpenRead(file);
            Span<byte> magic = stackalloc byte[4];
            return stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && ElfHeader.HasMagic(magic);
        });
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
