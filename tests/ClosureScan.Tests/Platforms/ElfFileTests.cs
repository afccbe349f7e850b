using System.Text;
using ClosureScan.Platforms;
using ClosureScan.Platforms.Elf;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Platforms;

/// <summary>The layout of synthetic ELF files of all four kinds, whole and with one broken property.</summary>
public sealed class ElfFileTests
{
    private const string Interpreter = "/nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-glibc/lib/ld-linux-armhf.so.3";
    private const string RunPath = "/nix/store/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-zlib/lib";

    public static TheoryData<bool, bool> Kinds => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Strings_of_the_loader_are_found_with_their_places(bool is64, bool big)
    {
        byte[] bytes = Program(is64, big).Build();
        ElfFile elf = Parse(bytes);
        Assert.Null(elf.Problem);
        Assert.Equal(Interpreter, elf.Interpreter?.Value);
        Assert.Equal(["libz.so.1", "libc.so.6", RunPath], elf.DynamicStrings.ToArray().Select(text => text.Value));
        foreach (ElfString text in elf.DynamicStrings.ToArray().Append(elf.Interpreter!.Value))
        {
            Assert.Equal(text.Value, Encoding.UTF8.GetString(bytes, (int)text.Offset, text.Length));
            Assert.Equal(text, elf.LoaderStringAt(text.Offset));
            Assert.Equal(text, elf.LoaderStringAt(text.Offset + text.Length - 1));
            Assert.NotEqual(text, elf.LoaderStringAt(text.Offset + text.Length));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Dynamic_strings_are_found_without_section_headers_and_without_program_headers(bool is64, bool big)
    {
        foreach ((bool sections, bool segments) in new[] { (false, true), (true, false) })
        {
            ElfFile elf = Parse(Program(is64, big, sections, segments).Build());
            Assert.Equal(["libz.so.1", "libc.so.6", RunPath], elf.DynamicStrings.ToArray().Select(text => text.Value));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Section_at_an_offset_has_its_name(bool is64, bool big)
    {
        byte[] bytes = Program(is64, big).Section(".rodata", 1, 2, "needle"u8.ToArray()).Section(".bss", 8, 3, [], emptySize: 500).Build();
        ElfFile elf = Parse(bytes);
        int at = bytes.AsSpan().IndexOf("needle"u8);
        ElfSection section = Assert.NotNull(elf.SectionAt(at));
        Assert.Equal(".rodata", elf.ReadName(new FileView(bytes), section));
        Assert.Equal((ulong)at, section.Offset);
        Assert.NotNull(elf.LoadSegmentAt(at));
        Assert.Null(elf.SectionAt(0));
        Assert.Null(elf.SectionAt(bytes.Length));
        Assert.Null(elf.LoadSegmentAt(bytes.Length - 1));
    }

    [Fact]
    public void Runpath_hides_rpath_and_is_split_at_colons()
    {
        FileIdentity both = Identify(new ElfBuilder().Dynamic(15, "/old").Dynamic(29, "/a:/b").Build());
        Assert.Equal(["/a", "/b"], both.RunPath);
        Assert.Equal(["/old"], Identify(new ElfBuilder().Dynamic(15, "/old").Build()).RunPath);
    }

    [Theory]
    [InlineData(2, false, false, false, FileRole.Program)]
    [InlineData(3, true, false, false, FileRole.Program)]
    [InlineData(3, false, true, false, FileRole.Program)]
    [InlineData(3, false, false, true, FileRole.SharedLibrary)]
    [InlineData(3, true, false, true, FileRole.SharedLibrary)]
    [InlineData(3, true, true, false, FileRole.Program)]
    [InlineData(3, false, false, false, FileRole.SharedLibrary)]
    [InlineData(1, false, false, false, FileRole.Object)]
    [InlineData(4, false, false, false, FileRole.None)]
    public void Role_is_told_by_type_interpreter_pie_flag_and_soname(int type, bool interpreter, bool pie, bool soname, FileRole role)
    {
        ElfBuilder builder = new() { Type = (ushort)type };
        _ = interpreter ? builder.Interpreter(Interpreter) : builder;
        _ = pie ? builder.Dynamic(0x6ffffffb, 0x08000000) : builder;
        _ = soname ? builder.Dynamic(14, "libx.so.1") : builder;
        Assert.Equal(role, Identify(builder.Build()).Role);
    }

    [Fact]
    public void Kernel_module_and_split_debug_information_have_their_roles()
    {
        Assert.Equal(FileRole.Kernel, Identify(new ElfBuilder { Type = 1 }.Section(".gnu.linkonce.this_module", 1, 3, [1, 2]).Build()).Role);
        Assert.Equal(FileRole.Object, Identify(new ElfBuilder { Type = 1 }.Section(".gnu.linkonce.this_module.rel", 1, 3, [1, 2]).Build()).Role);

        ElfBuilder debug = new ElfBuilder { Type = 3 }.Interpreter("/bogus").Section(".text", 8, 6, [], emptySize: 100).Section(".debug_info", 1, 0, [1]);
        FileIdentity identity = Identify(debug.Build());
        Assert.Equal((FileRole.DebugInfo, null), (identity.Role, identity.Interpreter));
        Assert.Equal(FileRole.SharedLibrary, Identify(new ElfBuilder().Section(".text", 1, 6, [1]).Section(".bss", 8, 3, [], 9).Build()).Role);
    }

    [Fact]
    public void Guile_byte_code_and_processors_beside_the_main_one_are_auxiliary()
    {
        FileIdentity guile = Identify(new ElfBuilder { Machine = 0, OsAbi = 255 }.Build());
        Assert.Equal((FileRole.Auxiliary, "bytecode32-none", null), (guile.Role, guile.Platform?.System, guile.Note));
        Assert.Equal("bytecode64be", Identify(new ElfBuilder(is64: true, big: true) { Machine = 0, OsAbi = 255 }.Build()).Platform?.Cpu);
        FileIdentity bpf = Identify(new ElfBuilder(is64: true) { Machine = 247, Type = 1 }.Build());
        Assert.Equal((FileRole.Auxiliary, "bpf-none"), (bpf.Role, bpf.Platform?.System));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void Intels_32_bit_machines_are_one(int machine)
    {
        FileIdentity identity = Identify(new ElfBuilder { Machine = (ushort)machine, Type = 2 }.Build());
        Assert.Equal(("i686", 32, FileRole.Program), (identity.Platform?.Cpu, identity.Platform?.Bits, identity.Role));
    }

    [Fact]
    public void Machine_that_is_not_known_has_no_platform_and_a_note()
    {
        FileIdentity identity = Identify(new ElfBuilder { Machine = 4711 }.Build());
        Assert.Null(identity.Platform);
        Assert.Equal("ELF machine 4711 is not known", identity.Note);
    }

    [Theory]
    [InlineData("FreeBSD", 1, 9, "freebsd")]
    [InlineData("NetBSD", 1, 0, "netbsd")]
    [InlineData("OpenBSD", 1, 0, "openbsd")]
    [InlineData("Android", 1, 0, "linux")]
    [InlineData("GNU", 1, 3, "linux")]
    [InlineData("GNU", 3, 3, null)]
    public void Note_names_the_kernel(string name, int type, int osAbi, string? kernel)
    {
        foreach ((bool is64, bool big) in new[] { (false, false), (false, true), (true, false), (true, true) })
        {
            byte[] elf = new ElfBuilder(is64, big) { OsAbi = (byte)osAbi, Machine = 8 }.Note("Other", 7, [1, 2, 3]).Note(name, (uint)type, new byte[16]).Build();
            Assert.Equal(kernel, Identify(elf).Platform?.Kernel);
        }
    }

    private static ElfBuilder Program(bool is64, bool big, bool sections = true, bool segments = true) =>
        new ElfBuilder(is64, big) { WithSections = sections, WithSegments = segments }
            .Interpreter(Interpreter).Dynamic(1, "libz.so.1").Dynamic(1, "libc.so.6").Dynamic(29, RunPath);

    private static FileIdentity Identify(byte[] bytes) => FileIdentifier.Identify(new FileView(bytes));

    private static ElfFile Parse(byte[] bytes)
    {
        Assert.True(ElfFile.TryParse(new FileView(bytes), out ElfFile? elf, out string? problem), problem);
        return elf;
    }
}
