using ClosureScan.Platforms;
using ClosureScan.Platforms.Elf;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Platforms;

/// <summary>One broken property a file: the rest is still told, and the note says what is wrong.</summary>
public sealed class MalformedElfTests
{
    private static ElfBuilder Arm => new ElfBuilder(is64: false).Interpreter("/lib/ld-linux-armhf.so.3").Dynamic(1, "libc.so.6").ArmAttributes((6, 10), (7, (byte)'A'), (28, 1));

    [Fact]
    public void Whole_file_is_told_without_a_note()
    {
        FileIdentity identity = Identify(Arm.Build());
        Assert.Equal(("armv7l-linux", "eabihf", "glibc", null), (identity.Platform?.System, identity.Platform?.Abi, identity.Platform?.Libc, identity.Note));
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(4, 3)]
    [InlineData(5, 0)]
    [InlineData(5, 255)]
    public void Class_or_byte_order_that_does_not_exist_is_data(int offset, byte value)
    {
        FileIdentity identity = Identify(Patched(Arm.Build(), offset, value));
        Assert.Equal(FileFormat.Data, identity.Format);
        Assert.Contains("do not exist", identity.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(15)]
    [InlineData(51)]
    public void File_that_ends_in_the_header_is_data(int length)
    {
        FileIdentity identity = Identify(Arm.Build()[..length]);
        Assert.Equal(FileFormat.Data, identity.Format);
        Assert.Contains("ends in", identity.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Odd_version_padding_and_header_size_are_no_fault() =>
        Assert.Equal(Identify(Arm.Build()), Identify(Patched(Patched(Patched(Arm.Build(), 6, 9), 12, 1), 40, 77)) with { }, IdentityComparer);

    [Theory]
    [InlineData(42, 33, "program headers of 33 bytes")]
    [InlineData(46, 41, "section headers of 41 bytes")]
    [InlineData(45, 0x7f, "program headers at byte")]
    [InlineData(49, 0x7f, "section headers at byte")]
    [InlineData(31, 0xff, "program headers at byte")]
    [InlineData(35, 0xff, "section headers at byte")]
    public void Table_that_is_malformed_is_left_out_and_noted(int offset, byte value, string note)
    {
        FileIdentity identity = Identify(Patched(Arm.Build(), offset, value));
        Assert.Equal(FileFormat.Elf, identity.Format);
        Assert.Contains(note, identity.Note, StringComparison.Ordinal);
        Assert.StartsWith("arm", identity.Platform?.Cpu, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_at_the_end_of_the_address_space_does_not_wrap_around()
    {
        ElfBuilder builder = new(is64: true) { Machine = 183 };
        byte[] file = builder.Build();
        Array.Fill(file, (byte)0xff, builder.SegmentTableField, 16);
        Assert.Contains("reach past the end", Identify(file).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Count_of_four_thousand_million_sections_allocates_nothing()
    {
        // A count of 0 means that the first section header has it.
        ElfBuilder builder = new(is64: true) { Machine = 183 };
        byte[] file = builder.Section(".x", 1, 0, [1]).Build();
        int table = BitConverter.ToInt32(file, builder.SectionTableField);
        file[builder.FlagsField + 12] = 0;
        Array.Fill(file, (byte)0xff, table + 32, 8);
        long before = GC.GetAllocatedBytesForCurrentThread();
        FileIdentity identity = Identify(file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
        Assert.Contains("reach past the end", identity.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x", null)]
    [InlineData("no/slash", null)]
    [InlineData("/ok", "/ok")]
    public void Interpreter_is_a_path_or_none(string text, string? expected) =>
        Assert.Equal(expected, Identify(new ElfBuilder().Interpreter(text).Build()).Interpreter);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(0xffffffff)]
    public void Attributes_with_a_wrong_length_end_the_reading(uint length)
    {
        byte[] attributes = [(byte)'A', .. BitConverter.GetBytes(length), .. "aeabi\0"u8, 1, .. BitConverter.GetBytes(length), 6, 10];
        Assert.Equal("arm", ArmAttributes.Read(attributes, bigEndian: false).Cpu);
    }

    [Fact]
    public void Attributes_without_the_end_of_a_text_end_the_reading()
    {
        byte[] tags = [6, 9, 5, (byte)'x', (byte)'y'];
        byte[] attributes = [(byte)'A', .. BitConverter.GetBytes(15 + tags.Length), .. "aeabi\0"u8, 1, .. BitConverter.GetBytes(5 + tags.Length), .. tags];
        Assert.Equal("armv6l", ArmAttributes.Read(attributes, bigEndian: false).Cpu);
    }

    [Fact]
    public void Thousand_names_in_one_string_without_end_cost_little()
    {
        ElfBuilder builder = new(is64: true) { Machine = 183 };
        for (int i = 0; i < 1000; i++)
        {
            builder.Dynamic(1, 1);
        }

        byte[] file = builder.Dynamic(14, new string('x', 1_000_000)).Build();
        int end = file.AsSpan().LastIndexOf((byte)'x');
        file.AsSpan(end + 1).Fill((byte)'y');
        long before = GC.GetAllocatedBytesForCurrentThread();
        FileIdentifier.Identify(new FileView(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * 1024);
    }

    [Fact]
    public void Headers_that_a_stream_did_not_keep_are_noted()
    {
        byte[] file = Arm.Section(".big", 1, 0, new byte[20_000]).Build();
        FileIdentity identity = FileIdentifier.Identify(new MemoryFile(file, kept: 8_192).View);
        Assert.Equal((FileFormat.Elf, "arm-linux", null), (identity.Format, identity.Platform?.System, identity.Platform?.Abi));
        Assert.Contains("were not kept", identity.Note, StringComparison.Ordinal);
    }

    private static IEqualityComparer<FileIdentity> IdentityComparer { get; } =
        EqualityComparer<FileIdentity>.Create((left, right) => left?.Platform == right?.Platform && left?.Note == right?.Note && left?.Role == right?.Role, identity => 0);

    private static FileIdentity Identify(byte[] bytes) => FileIdentifier.Identify(new FileView(bytes));

    private static byte[] Patched(byte[] bytes, int offset, byte value)
    {
        bytes[offset] = value;
        return bytes;
    }
}
