using System.Text;
using ClosureScan.Evidence;
using ClosureScan.Testing;
using ClosureScan.Tests.Platforms;
using ClosureScan.Walking;
using static ClosureScan.Tests.Evidence.EvidenceHarness;

namespace ClosureScan.Tests.Evidence;

/// <summary>The part of a Mach-O, PE or WebAssembly file that holds a reference.</summary>
public sealed class RegionTests
{
    private const uint Arm64 = 0x0100000c;

    [Fact]
    public void Load_commands_of_macho_are_named()
    {
        byte[] file = MachineFiles.MachO(Arm64, "/usr/lib/dyld", $"{Bash}/lib/libz.dylib", runPath: Gcc);

        Assert.Equal([("LC_LOAD_DYLIB", 24L + 11), ("LC_RPATH", 12 + 11)], Places(file, "bin/app"));
    }

    [Fact]
    public void Slice_of_a_fat_file_is_named()
    {
        byte[] file = MachineFiles.Fat(
            MachineFiles.MachO(0x01000007, "/usr/lib/dyld", "/usr/lib/libz.dylib"), MachineFiles.MachO(Arm64, "/usr/lib/dyld", "/usr/lib/libz.dylib", runPath: Bash));

        Assert.Equal([("aarch64:LC_RPATH", 12L + 11)], Places(file, "bin/app"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Section_of_macho_is_named_with_its_segment(bool is64)
    {
        byte[] text = Encoding.ASCII.GetBytes($"\0usage\0{Bash}/bin/bash\0");
        int head = is64 ? 32 : 28, command = is64 ? 72 + 80 : 56 + 68, offset = head + command;
        byte[] segment =
        [
            .. BitConverter.GetBytes(is64 ? 0x19 : 1), .. BitConverter.GetBytes(command), .. Name("__TEXT"),
            .. Words(is64, 0, 0x1000, 0, offset + text.Length), .. BitConverter.GetBytes(5), .. BitConverter.GetBytes(5), .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(0),
            .. Name("__cstring"), .. Name("__TEXT"), .. Words(is64, 0, text.Length), .. BitConverter.GetBytes(offset), .. new byte[is64 ? 28 : 24],
        ];
        byte[] file =
        [
            .. BitConverter.GetBytes(is64 ? 0xfeedfacf : 0xfeedface), .. BitConverter.GetBytes(is64 ? Arm64 : 12), .. BitConverter.GetBytes(0), .. BitConverter.GetBytes(6),
            .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(command), .. BitConverter.GetBytes(0), .. is64 ? new byte[4] : [], .. segment, .. text,
        ];

        Assert.Equal([("__TEXT,__cstring", 7L + 11)], Places(file, "lib/x.dylib"));
    }

    [Fact]
    public void Section_of_pe_is_named_and_what_lies_behind_all_is_not()
    {
        byte[] file = MachineFiles.Pe(0x8664, 3, section: ".rdata");
        Encoding.ASCII.GetBytes(Bash).CopyTo(file, 0x240);

        Assert.Equal([(".rdata", 0x40L + 11), (null, null)], Places([.. file, .. new byte[32], .. Encoding.ASCII.GetBytes(Gcc)], "bin/app.exe"));
    }

    [Fact]
    public void Section_of_real_pe_agrees_with_objdump()
    {
        string file = typeof(object).Assembly.Location;
        byte[] bytes = File.ReadAllBytes(file);
        List<FileRegion> sections = PeSections.Read(new FileView(bytes));
        Assert.Contains(sections, section => section.Name == ".text");
        string[] lines = ToolRun.Execute(RequiredTool.Find("objdump"), ["-h", file]).Lines;
        string[][] expected = [.. lines.Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(static words => words.Length > 6 && words[1].StartsWith('.'))];
        Assert.NotEmpty(expected);
        Assert.Equal(
            expected.Select(static words => (words[1], Convert.ToInt64(words[5], 16))),
            sections.Where(section => expected.Any(words => words[1] == section.Name)).Select(section => (section.Name, section.Offset)));
    }

    [Fact]
    public void Sections_of_wasm_are_named_and_custom_ones_by_their_names()
    {
        byte[] data = Encoding.ASCII.GetBytes(Bash), custom = [4, .. "name"u8, .. Encoding.ASCII.GetBytes(Gcc)];
        byte[] file = [.. MachineFiles.Wasm(0), 11, (byte)data.Length, .. data, 0, (byte)(0x80 | (custom.Length & 0x7f)), (byte)(custom.Length >> 7), .. custom];

        Assert.Equal([("data", 11L), ("name", 5 + 11)], Places(file, "share/x.wasm"));
    }

    [Fact]
    public void Headers_cut_anywhere_name_nothing_false_and_throw_nothing()
    {
        byte[] pe = MachineFiles.Pe(0x8664, 3, section: ".rdata");
        byte[][] files = [MachineFiles.MachO(Arm64, "/usr/lib/dyld", Bash, runPath: Gcc), MachineFiles.Fat(MachineFiles.MachO(Arm64, "/usr/lib/dyld", Bash)), pe[..0x240], MachineFiles.Wasm(0)];
        foreach (byte[] file in files)
        {
            for (int length = 8; length < file.Length; length++)
            {
                Places([.. file[..length], .. Encoding.ASCII.GetBytes(Bash)], "x");
            }
        }
    }

    private static (string? Section, long? Offset)[] Places(byte[] file, string path)
    {
        ReferenceEvidence[] found = [.. new EvidenceHarness().File(path, file).References().SelectMany(reference => reference.Evidence).OrderBy(evidence => evidence.Offset)];
        Assert.All(found, evidence => Assert.True(evidence.Mechanism is Mechanism.Data or Mechanism.Text, evidence.ToString()));
        return [.. found.Select(evidence => (evidence.Section, evidence.SectionOffset))];
    }

    private static byte[] Name(string name) => [.. Encoding.ASCII.GetBytes(name), .. new byte[16 - name.Length]];

    private static byte[] Words(bool is64, params long[] words) => [.. words.SelectMany(word => is64 ? BitConverter.GetBytes(word) : BitConverter.GetBytes((int)word))];
}
