using ClosureScan.Archives;
using ClosureScan.Platforms;
using ClosureScan.Platforms.Archives;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Platforms;

public sealed class ArchiveTests
{
    private static readonly byte[] Arm7 = new ElfBuilder { Type = 1 }.ArmAttributes((6, 10), (7, (byte)'A'), (28, 1)).Build();
    private static readonly byte[] Arm7WithoutFloats = new ElfBuilder { Type = 1 }.ArmAttributes((6, 10), (7, (byte)'A')).Build();
    private static readonly byte[] Arm5 = new ElfBuilder { Type = 1 }.ArmAttributes((6, 4)).Build();
    private static readonly byte[] Arm = new ElfBuilder { Type = 1 }.Build();
    private static readonly byte[] Arm6 = new ElfBuilder { Type = 1 }.ArmAttributes((6, 6), (28, 1)).Build();
    private static readonly byte[] X64 = new ElfBuilder(is64: true) { Type = 1, Machine = 62, Flags = 0 }.Build();

    [Fact]
    public void Names_of_gnu_and_bsd_members_and_the_places_of_their_contents_are_read()
    {
        byte[] names = "a-name-of-more-than-sixteen.o/\nanother-name-that-is-long.o/\n"u8.ToArray();
        byte[] bytes = new ArchiveBuilder()
            .Member("/", [0, 0, 0, 0])
            .Member("//", names)
            .Member("odd.o/", "odd"u8.ToArray())
            .Member("/0", "first"u8.ToArray())
            .Member("/31", "second"u8.ToArray())
            .Member("bsd.o", "plain"u8.ToArray())
            .BsdMember("with spaces.o", "bsd"u8.ToArray())
            .BsdMember("__.SYMDEF SORTED", [1, 2])
            .Build();
        Assert.Equal(
            ["Symbols / 4", "Names // 60", "File odd.o odd", "File a-name-of-more-than-sixteen.o first", "File another-name-that-is-long.o second",
             "File bsd.o plain", "File with spaces.o bsd", "Symbols __.SYMDEF SORTED 2"],
            Members(bytes, out string? problem));
        Assert.Null(problem);
    }

    [Fact]
    public void Thin_archive_has_names_and_no_contents()
    {
        byte[] bytes = new ArchiveBuilder("!<thin>\n").Member("//", "dir/a.o/\nb.o/\n"u8.ToArray()).Header("/0", 5_000).Header("/9", 77).Build();
        Assert.Equal(["Names // 14", "File dir/a.o ", "File b.o "], Members(bytes, out string? problem));
        Assert.Null(problem);
        FileIdentity identity = FileIdentifier.Identify(new FileView(bytes));
        Assert.Equal((FileRole.Archive, null), (identity.Role, identity.Platform));
        Assert.Contains("thin", identity.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1", "`\n", "no archive header at byte 8")]
    [InlineData("+5", "`\n", "no archive header at byte 8")]
    [InlineData("0x10", "`\n", "no archive header at byte 8")]
    [InlineData("", "`\n", "no archive header at byte 8")]
    [InlineData("1 1", "`\n", "no archive header at byte 8")]
    [InlineData("4", "\n`", "no archive header at byte 8")]
    [InlineData("9999999999", "`\n", "member at byte 8 reaches past the end")]
    [InlineData("5", "`\n", "member at byte 8 reaches past the end")]
    public void Header_that_is_malformed_ends_the_reading(string size, string end, string problem)
    {
        Members(new ArchiveBuilder().Member("a.o/", [1, 2, 3, 4], size, end).Build(), out string? actual);
        Assert.Contains(problem, actual, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/99")]
    [InlineData("/999999999999999")]
    [InlineData("/x")]
    [InlineData("/0:12")]
    public void Name_that_lies_outside_the_table_is_empty_or_cut_at_it(string field)
    {
        string[] members = Members(new ArchiveBuilder().Member("//", "n.o"u8.ToArray()).Member(field, []).Build(), out _);
        Assert.Equal(field == "/0:12" ? "File n.o " : "File  ", members[1]);
    }

    [Fact]
    public void Archive_cut_in_a_header_is_noted()
    {
        byte[] bytes = new ArchiveBuilder().Member("a.o/", [1, 2]).Raw(1, 2, 3).Build();
        Members(bytes, out string? problem);
        Assert.Contains("is cut", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Platform_of_an_archive_is_the_level_of_most_members_with_what_any_of_them_tells()
    {
        FileIdentity identity = Identify(new ArchiveBuilder().Member("a.o/", Arm7WithoutFloats).Member("b.o/", Arm6).Member("c.o/", Arm7).Member("d.o/", Arm7));
        Assert.Equal(("armv7l", "eabihf"), (identity.Platform?.Cpu, identity.Platform?.Abi));
        Assert.Equal(
            [("armv7l", null, 1, "a.o"), ("armv6l", "eabihf", 1, "b.o"), ("armv7l", "eabihf", 2, "c.o")],
            identity.Members.Select(tally => (tally.Platform!.Cpu, tally.Platform.Abi, tally.Count, tally.First)));
    }

    [Fact]
    public void Single_functions_for_a_higher_level_do_not_raise_the_archive() =>
        Assert.Equal("armv5tel", Identify(new ArchiveBuilder().Member("a.o/", Arm7).Member("b.o/", Arm5).Member("c.o/", Arm5)).Platform?.Cpu);

    [Fact]
    public void Level_that_is_told_once_wins_over_members_that_tell_none() =>
        Assert.Equal("armv6l", Identify(new ArchiveBuilder().Member("a.o/", Arm).Member("b.o/", Arm).Member("c.o/", Arm6)).Platform?.Cpu);

    [Fact]
    public void Members_of_several_processors_have_no_common_platform()
    {
        FileIdentity identity = Identify(new ArchiveBuilder().Member("a.o/", Arm7).Member("b.o/", X64).Member("text/", "hello"u8.ToArray()));
        Assert.Null(identity.Platform);
        Assert.Equal(["armv7l", "x86_64", null], identity.Members.Select(tally => tally.Platform?.Cpu));
    }

    [Fact]
    public void Go_objects_coff_objects_and_short_imports_are_told()
    {
        byte[] coff = [0x64, 0x86, 1, 0, .. new byte[16 + 40]];
        byte[] import = [0, 0, 0xff, 0xff, 0, 0, 0x4c, 0x01, .. new byte[12]];
        FileIdentity identity = Identify(new ArchiveBuilder()
            .Member("__.PKGDEF/", "go object linux arm go1.21.3 GOARM=7,hardfloat X:none\nbuild id"u8.ToArray())
            .Member("c.obj/", coff).Member("i/", import).Member("t/", "dear reader of this text"u8.ToArray()));
        Assert.Equal(["arm-linux", "x86_64-windows", "i686-windows", null], identity.Members.Select(tally => tally.Platform?.System));
    }

    [Fact]
    public void Debian_package_is_a_container() =>
        Assert.Equal(FileFormat.Container, Identify(new ArchiveBuilder().Member("debian-binary", "2.0\n"u8.ToArray()).Member("data.tar.xz", X64)).Format);

    [Fact]
    public void Archive_inside_an_archive_is_not_entered()
    {
        byte[] inner = new ArchiveBuilder().Member("a.o/", Arm7).Build();
        Assert.Null(Identify(new ArchiveBuilder().Member("inner.a/", inner)).Platform);
    }

    private static FileIdentity Identify(ArchiveBuilder archive) => FileIdentifier.Identify(new FileView(archive.Build()));

    /// <summary>Kind, name and contents, or size, of every member.</summary>
    private static string[] Members(byte[] bytes, out string? problem)
    {
        var members = new List<string>();
        var reader = new ArchiveReader(new FileView(bytes));
        while (reader.MoveNext())
        {
            ArchiveMember member = reader.Current;
            ReadOnlySpan<byte> contents = bytes.AsSpan((int)member.DataOffset, (int)member.Size);
            members.Add($"{member.Kind} {reader.ReadName()} {(member.Kind == ArchiveMemberKind.File ? System.Text.Encoding.ASCII.GetString(contents) : member.Size)}");
        }

        problem = reader.Problem;
        return [.. members];
    }
}
