using ClosureScan.Platforms;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Platforms;

/// <summary>Mach-O, PE and .NET, wasm, kernel images.</summary>
public sealed class OtherFormatTests
{
    [Theory]
    [InlineData(0x0100000c, 2, "aarch64-darwin", FileRole.Program)]
    [InlineData(0x01000007, 6, "x86_64-darwin", FileRole.SharedLibrary)]
    [InlineData(7, 1, "i686-darwin", FileRole.Object)]
    [InlineData(12, 8, "arm-darwin", FileRole.SharedLibrary)]
    [InlineData(0x01000007, 10, "x86_64-darwin", FileRole.DebugInfo)]
    [InlineData(99, 2, null, FileRole.Program)]
    public void Mach_o_file_has_processor_role_and_libraries(int cpuType, int fileType, string? system, FileRole role)
    {
        FileIdentity identity = Identify(MachineFiles.MachO((uint)cpuType, "/usr/lib/dyld", "/nix/store/x/lib/libz.dylib", (uint)fileType, "@loader_path/../lib"));
        Assert.Equal((FileFormat.MachO, system, role, "/usr/lib/dyld"), (identity.Format, identity.Platform?.System, identity.Role, identity.Interpreter));
        Assert.Equal(["/nix/store/x/lib/libz.dylib"], identity.Needed);
        Assert.Equal(["@loader_path/../lib"], identity.RunPath);
    }

    [Fact]
    public void Fat_file_has_the_platforms_of_its_slices()
    {
        byte[] intel = MachineFiles.MachO(0x01000007, "/usr/lib/dyld", "a"), arm = MachineFiles.MachO(0x0100000c, "/usr/lib/dyld", "a");
        FileIdentity identity = Identify(MachineFiles.Fat(intel, arm));
        Assert.Equal((FileRole.Program, null), (identity.Role, identity.Platform));
        Assert.Equal(["x86_64-darwin", "aarch64-darwin"], identity.Members.Select(member => member.Platform?.System));
        Assert.Equal("x86_64-darwin", Identify(MachineFiles.Fat(intel)).Platform?.System);
    }

    [Fact]
    public void Slice_that_reaches_past_the_end_is_data()
    {
        byte[] fat = MachineFiles.Fat(MachineFiles.MachO(7, "d", "a"));
        Assert.Contains("slice 0", Identify(fat[..^1]).Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x8664, 3, "x86_64-windows", FileRole.Program)]
    [InlineData(0x14c, 2, "i686-windows", FileRole.Program)]
    [InlineData(0xaa64, 10, "aarch64-uefi", FileRole.Auxiliary)]
    [InlineData(0x1c2, 10, "arm-uefi", FileRole.Auxiliary)]
    [InlineData(0x4711, 3, null, FileRole.Program)]
    public void Pe_file_is_for_windows_or_for_firmware(int machine, int subsystem, string? system, FileRole role)
    {
        FileIdentity identity = Identify(MachineFiles.Pe((ushort)machine, (ushort)subsystem));
        Assert.Equal((FileFormat.Pe, system, role), (identity.Format, identity.Platform?.System, identity.Role));
    }

    [Fact]
    public void Unified_kernel_image_is_a_kernel() =>
        Assert.Equal(FileRole.Kernel, Identify(MachineFiles.Pe(0xaa64, 10, section: ".linux")).Role);

    [Theory]
    [InlineData(0x14c, false, 0x1, null)]
    [InlineData(0x14c, false, 0x9, null)]
    [InlineData(0x14c, false, 0x20001, null)]
    [InlineData(0x14c, false, 0x3, "i686-linux")]
    [InlineData(0x8664, true, 0x1, "x86_64-linux")]
    [InlineData(0x8664, true, 0x0, "x86_64-windows")]
    [InlineData(0xfd1d, true, 0x4, "x86_64-linux")]
    [InlineData(0xd11d, true, 0x4, "aarch64-linux")]
    [InlineData(0x7abd, false, 0x4, "armv7l-linux")]
    [InlineData(0xec20, true, 0x4, "aarch64-darwin")]
    [InlineData(0x2b1d, true, 0x4, "riscv64-linux")]
    [InlineData(0x191d, true, 0x4, "loongarch64-linux")]
    public void Managed_assembly_is_neutral_unless_it_is_bound_or_precompiled(int machine, bool isWide, int flags, string? system)
    {
        FileIdentity identity = Identify(MachineFiles.Pe((ushort)machine, 3, isLibrary: true, isWide, (uint)flags));
        Assert.Equal((FileFormat.Pe, FileRole.SharedLibrary, system), (identity.Format, identity.Role, identity.Platform?.System));
    }

    [Fact]
    public void Assembly_of_this_library_is_neutral_and_the_runtime_s_core_is_precompiled()
    {
        Assert.Null(Identify(File.ReadAllBytes(typeof(FileIdentity).Assembly.Location)).Platform);
        FileIdentity core = Identify(File.ReadAllBytes(typeof(object).Assembly.Location));
        if (!OperatingSystem.IsLinux() || System.Runtime.InteropServices.RuntimeInformation.OSArchitecture != System.Runtime.InteropServices.Architecture.X64)
        {
            RequiredTool.Missing("the .NET runtime for x64 Linux");
        }

        Assert.Equal("x86_64-linux", core.Platform?.System);
    }

    [Fact]
    public void Wasm_is_auxiliary_and_as_wide_as_its_memory()
    {
        Assert.Equal((FileRole.Auxiliary, "wasm32"), (Identify(MachineFiles.Wasm(1)).Role, Identify(MachineFiles.Wasm(1)).Platform?.Cpu));
        Assert.Equal("wasm64", Identify(MachineFiles.Wasm(4)).Platform?.Cpu);
    }

    [Theory]
    [InlineData(0x206, "0c02", 0x236, "01", "x86_64-linux")]
    [InlineData(0x206, "0c02", 0x236, "00", "i686-linux")]
    [InlineData(0x206, "0402", 0x236, "01", "i686-linux")]
    public void Bzimage_is_a_kernel_before_it_is_a_pe_file(int protocolOffset, string protocol, int flagsOffset, string flags, string system)
    {
        byte[] image = [.. MachineFiles.Pe(0x8664, 10), .. new byte[0x100]];
        Put(image, 0x1fe, "55aa");
        Put(image, 0x202, "48647253");
        Put(image, protocolOffset, protocol);
        Put(image, flagsOffset, flags);
        AssertKernel(system, image);
    }

    [Theory]
    [InlineData(0x24, "18286f01", "arm-linux")]
    [InlineData(0x24, "016f2818", "armeb-linux")]
    [InlineData(0x38, "41524d64", "aarch64-linux")]
    [InlineData(0x00, "00080000800002000200001860000050", "s390x-linux")]
    public void Image_with_a_magic_is_a_kernel(int offset, string magic, string system)
    {
        byte[] image = new byte[0x300];
        Put(image, offset, magic);
        AssertKernel(system, image);
    }

    [Fact]
    public void Risc_v_and_compressed_efi_images_have_the_platform_of_their_pe_header()
    {
        byte[] riscv = MachineFiles.Pe(0x5064, 10);
        Put(riscv, 0x30, "5249534356000000");
        Put(riscv, 0x38, "52534305");
        AssertKernel("riscv64-linux", riscv);
        byte[] zboot = MachineFiles.Pe(0xaa64, 10);
        Put(zboot, 2, "00007a696d67");
        AssertKernel("aarch64-linux", zboot);
    }

    [Theory]
    [InlineData(2, 2, "arm-linux", FileRole.Kernel)]
    [InlineData(22, 2, "aarch64-linux", FileRole.Kernel)]
    [InlineData(2, 6, "arm-linux", FileRole.Auxiliary)]
    [InlineData(99, 2, null, FileRole.Kernel)]
    public void Legacy_u_boot_image_names_its_processor(byte architecture, byte type, string? system, FileRole role)
    {
        byte[] image = new byte[64];
        Put(image, 0, "27051956");
        (image[28], image[29], image[30]) = (5, architecture, type);
        FileIdentity identity = Identify(image);
        Assert.Equal((FileFormat.KernelImage, system, role), (identity.Format, identity.Platform?.System, identity.Role));
    }

    [Fact]
    public void Fit_image_names_its_processor_and_a_board_s_device_tree_is_data()
    {
        AssertKernel("aarch64-linux", MachineFiles.Fit("arm64"));
        AssertKernel("arm-linux", MachineFiles.Fit("arm"));
        Assert.Same(FileIdentity.Data, Identify(MachineFiles.Fit("arm", node: "soc")));
    }

    private static void AssertKernel(string system, byte[] image)
    {
        FileIdentity identity = Identify(image);
        Assert.Equal((FileFormat.KernelImage, FileRole.Kernel, system), (identity.Format, identity.Role, identity.Platform?.System));
    }

    private static FileIdentity Identify(byte[] bytes) => FileIdentifier.Identify(new FileView(bytes));

    private static void Put(byte[] bytes, int offset, string hex) => Convert.FromHexString(hex).CopyTo(bytes, offset);
}
