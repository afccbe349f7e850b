using System.Text;
using ClosureScan.Nar;
using ClosureScan.Testing;

namespace ClosureScan.Tests.Nar;

/// <summary>Archives by name: those Nix takes, and those it refuses for one broken property, with the error and its place.</summary>
internal static class NarCases
{
    /// <summary>What stands before the type of a root: magic, "(" and "type".</summary>
    private const long RootType = 56;

    /// <summary>In a root directory: the first entry, its name's length, and what follows a name of up to eight bytes.</summary>
    private const long FirstEntry = RootType + 24, FirstName = FirstEntry + 48, FirstNode = FirstName + 16;

    /// <summary>In a root file: the length of its contents.</summary>
    private const long ContentsLength = RootType + 32;

    public static IReadOnlyDictionary<string, byte[]> WellFormed { get; } = new Dictionary<string, byte[]>
    {
        ["empty file"] = NarBuilder.OfFile([]),
        ["file of one byte"] = NarBuilder.OfFile("x"u8),
        ["file of seven bytes"] = NarBuilder.OfFile("1234567"u8),
        ["file of eight bytes"] = NarBuilder.OfFile("12345678"u8),
        ["executable"] = NarBuilder.OfFile("#!/bin/sh\n"u8, executable: true),
        ["symlink"] = new NarBuilder().Magic().Symlink("target").ToArray(),
        ["symlink with the longest target"] = new NarBuilder().Magic().Symlink(new string('t', 4095)).ToArray(),
        ["symlink to an absolute path"] = new NarBuilder().Magic().Symlink("/nix/store/x").ToArray(),
        ["empty directory"] = new NarBuilder().Magic().Directory().ToArray(),
        ["longest name"] = InRoot(root => root.Entry(new string('n', 255), node => node.File("x"))),
        ["names of three dots and with a backslash"] = InRoot(root => root
            .Entry("...", node => node.File("x")).Entry("..a", node => node.File("y")).Entry("\\", node => node.File("z"))),
        ["names and targets that are no UTF-8"] = InRoot(root => root
            .Entry([0x01], node => node.Symlink([0xFF])).Entry("F\u00F5tan"u8, node => node.File("")).Entry([0x7F], node => node.File(""))
            .Entry([0x80], node => node.File("")).Entry([0xFF, 0xFE], node => node.File("latin"))),
        ["a prefix sorts first"] = InRoot(root => root
            .Entry("a", node => node.Directory()).Entry("a-b", node => node.File("")).Entry("ab", node => node.File(""))),
        ["same name in two directories"] = InRoot(root => root
            .Entry("a", node => node.Directory(a => a.Entry("z", z => z.File("1")))).Entry("b", node => node.Directory(b => b.Entry("a", a => a.File("2"))))),
        ["directories of all kinds"] = InRoot(root => root
            .Entry("bin", bin => bin.Directory(d => d.Entry("run", run => run.File("#!/bin/sh", executable: true)).Entry("sh", sh => sh.Symlink("run"))))
            .Entry("empty", empty => empty.Directory())
            .Entry("lib", lib => lib.Directory(d => d.Entry("a", a => a.Directory(e => e.Entry("b", b => b.Directory()))).Entry("c", c => c.File("c"))))),
        ["node at depth 63"] = Nested(63),
    };

    public static IReadOnlyDictionary<string, Malformed> Broken { get; } = new Dictionary<string, Malformed>
    {
        ["nothing"] = new([], NarError.Truncated, 0),
        ["other magic"] = new(Root("nix-archive-2").ToArray(), NarError.NotAnArchive, 0),
        ["longer magic"] = new(Root("nix-archive-1x").ToArray(), NarError.NotAnArchive, 0),
        ["magic of 2^63 bytes"] = new(new NarBuilder().Length(1UL << 63).ToArray(), NarError.NotAnArchive, 0),
        ["padding of the magic"] = new(new NarBuilder().BadlyPadded("nix-archive-1").File("").ToArray(), NarError.NonZeroPadding, 23),
        ["text, not an archive"] = new("#!/bin/sh\necho hello world\n"u8.ToArray(), NarError.NotAnArchive, 0),
        ["no parenthesis"] = new(new NarBuilder().Magic().Text("type").Text("regular").ToArray(), NarError.UnexpectedTag, 24),
        ["no type"] = new(new NarBuilder().Magic().Text("(").Text("regular").ToArray(), NarError.UnexpectedTag, 40),
        ["padding of a parenthesis"] = new(new NarBuilder().Magic().BadlyPadded("(").Text("type").ToArray(), NarError.NonZeroPadding, 39),

        ["unknown type"] = new(Typed("fifo").Text(")").ToArray(), NarError.UnknownNodeType, RootType),
        ["unknown type as long as a known"] = new(Typed("regulaR").Text(")").ToArray(), NarError.UnknownNodeType, RootType),
        ["type of 2^63 bytes"] = new(new NarBuilder().Magic().Text("(").Text("type").Length(1UL << 63).ToArray(), NarError.UnknownNodeType, RootType),
        ["padding of a type"] = new(new NarBuilder().Magic().Text("(").Text("type").BadlyPadded("directory").ToArray(), NarError.NonZeroPadding, RootType + 23),
        ["file without contents"] = new(Typed("regular").Text(")").ToArray(), NarError.UnexpectedTag, RootType + 16),
        ["executable with a value"] = new(Typed("regular").Text("executable").Text("x").Text("contents").Text("").Text(")").ToArray(), NarError.NonEmptyExecutable, RootType + 40),
        ["executable twice"] = new(Typed("regular").Text("executable").Text("").Text("executable").Text("").ToArray(), NarError.UnexpectedTag, RootType + 48),
        ["padding of executable"] = new(Typed("regular").BadlyPadded("executable").Text("").Text("contents").ToArray(), NarError.NonZeroPadding, RootType + 39),
        ["executable after contents"] = new(Typed("regular").Text("contents").Text("").Text("executable").Text("").Text(")").ToArray(), NarError.UnexpectedTag, ContentsLength + 8),
        ["contents twice"] = new(Typed("regular").Text("contents").Text("x").Text("contents").Text("y").Text(")").ToArray(), NarError.UnexpectedTag, ContentsLength + 16),
        ["padding of contents"] = new(Typed("regular").Text("contents").BadlyPadded("x").Text(")").ToArray(), NarError.NonZeroPadding, ContentsLength + 15),
        ["first padding byte of contents"] = new(Typed("regular").Text("contents").Length(1).Raw("xx"u8).Zeros(6).Text(")").ToArray(), NarError.NonZeroPadding, ContentsLength + 9),
        ["contents of 2^63 bytes"] = new(Typed("regular").Text("contents").Length(1UL << 63).ToArray(), NarError.ContentsTooLong, ContentsLength),
        ["contents of 2^64-9 bytes"] = new(Typed("regular").Text("contents").Length(ulong.MaxValue - 8).ToArray(), NarError.ContentsTooLong, ContentsLength),
        ["contents of 2^64-1 bytes"] = new(Typed("regular").Text("contents").Length(ulong.MaxValue).ToArray(), NarError.ContentsTooLong, ContentsLength),
        ["contents of 2^63-1 bytes"] = new(Typed("regular").Text("contents").Length(long.MaxValue).ToArray(), NarError.ContentsTooLong, ContentsLength),
        ["contents of 2^62 bytes, cut off"] = new(Typed("regular").Text("contents").Length(1UL << 62).Raw("some"u8).ToArray(), NarError.Truncated, ContentsLength + 12),
        ["no closing parenthesis"] = new(Typed("regular").Text("contents").Text("x").Text("x").ToArray(), NarError.UnexpectedTag, ContentsLength + 16),
        ["padding of the closing parenthesis"] = new(Typed("regular").Text("contents").Text("x").BadlyPadded(")").ToArray(), NarError.NonZeroPadding, ContentsLength + 31),

        ["symlink without a target"] = new(Typed("symlink").Text(")").ToArray(), NarError.UnexpectedTag, RootType + 16),
        ["empty target"] = new(Typed("symlink").Text("target").Text("").Text(")").ToArray(), NarError.InvalidTarget, RootType + 32),
        ["target with a zero byte"] = new(Typed("symlink").Text("target").Text("a\0b").Text(")").ToArray(), NarError.InvalidTarget, RootType + 40),
        ["target of 4096 bytes"] = new(Typed("symlink").Text("target").Text(new string('t', 4096)).Text(")").ToArray(), NarError.TargetTooLong, RootType + 32),
        ["target of 2^64-9 bytes"] = new(Typed("symlink").Text("target").Length(ulong.MaxValue - 8).ToArray(), NarError.TargetTooLong, RootType + 32),
        ["padding of a target"] = new(Typed("symlink").Text("target").BadlyPadded("t").Text(")").ToArray(), NarError.NonZeroPadding, RootType + 47),
        ["executable symlink"] = new(Typed("symlink").Text("executable").Text("").Text("target").Text("t").Text(")").ToArray(), NarError.UnexpectedTag, RootType + 16),

        ["unknown tag in a directory"] = new(Typed("directory").Text("exit").Text(")").ToArray(), NarError.UnexpectedTag, FirstEntry),
        ["contents of a directory"] = new(Typed("directory").Text("contents").Text("").Text(")").ToArray(), NarError.UnexpectedTag, FirstEntry),
        ["entry without a name"] = new(Typed("directory").Text("entry").Text("(").Text("node").ToArray(), NarError.UnexpectedTag, FirstEntry + 32),
        ["name after node"] = new(Typed("directory").Text("entry").Text("(").Text("node").File("x").Text("name").Text("a").Text(")").ToArray(), NarError.UnexpectedTag, FirstEntry + 32),
        ["name twice"] = new(Typed("directory").Text("entry").Text("(").Text("name").Text("a").Text("name").Text("b").ToArray(), NarError.UnexpectedTag, FirstNode, "a"),
        ["entry without a node"] = new(Typed("directory").Text("entry").Text("(").Text("name").Text("a").Text(")").ToArray(), NarError.UnexpectedTag, FirstNode, "a"),
        ["unknown type below"] = new(Named("a", node => node.Text("(").Text("type").Text("socket")), NarError.UnknownNodeType, FirstNode + 48, "a"),
        ["entry not closed"] = new(Typed("directory").Text("entry").Text("(").Text("name").Text("a").Text("node").Symlink("t").Text("entry").ToArray(), NarError.UnexpectedTag, FirstNode + 112, "a"),
        ["empty name"] = new(Named("", node => node.File("")), NarError.InvalidName, FirstName),
        ["name ."] = new(Named(".", node => node.File("")), NarError.InvalidName, FirstName + 8),
        ["name .."] = new(Named("..", node => node.File("")), NarError.InvalidName, FirstName + 8),
        ["name with a slash"] = new(Named("a/b", node => node.File("")), NarError.InvalidName, FirstName + 8),
        ["name that is a slash"] = new(Named("/", node => node.File("")), NarError.InvalidName, FirstName + 8),
        ["name with a zero byte"] = new(Named("a\0", node => node.File("")), NarError.InvalidName, FirstName + 8),
        ["name of 256 bytes"] = new(Named(new string('n', 256), node => node.File("")), NarError.NameTooLong, FirstName),
        ["name of 2^64-9 bytes"] = new(Typed("directory").Text("entry").Text("(").Text("name").Length(ulong.MaxValue - 8).ToArray(), NarError.NameTooLong, FirstName),
        ["padding of a name"] = new(Typed("directory").Text("entry").Text("(").Text("name").BadlyPadded("a").Text("node").ToArray(), NarError.NonZeroPadding, FirstName + 15),
        ["same name twice"] = new(InRoot(root => root.Entry("a", a => a.Symlink("t")).Entry("a", a => a.Symlink("t"))), NarError.NamesNotSorted, FirstNode + 128 + 56, "a"),
        ["same name twice, around a directory"] = new(InRoot(root => root.Entry("a", a => a.Directory(d => d.Entry("x", x => x.Symlink("t")))).Entry("a", a => a.Symlink("t"))), NarError.NamesNotSorted, FirstNode + 72 + 192 + 32 + 56, "a"),
        ["names in falling order"] = new(InRoot(root => root.Entry("b", a => a.Symlink("t")).Entry("a", a => a.Symlink("t"))), NarError.NamesNotSorted, FirstNode + 128 + 56, "b"),
        ["a prefix sorts last"] = new(InRoot(root => root.Entry("ab", a => a.Symlink("t")).Entry("a", a => a.Symlink("t"))), NarError.NamesNotSorted, FirstNode + 128 + 56, "ab"),
        ["names in signed byte order"] = new(InRoot(root => root.Entry([0x80], a => a.Symlink("t")).Entry([0x7F], a => a.Symlink("t"))), NarError.NamesNotSorted, FirstNode + 128 + 56, "\\x80"),
        ["directory not closed"] = new(Typed("directory").Text("entry").Text("(").Text("name").Text("a").Text("node").Directory().ToArray(), NarError.Truncated, FirstNode + 88, "a"),
        ["node at depth 64"] = new(Nested(64), NarError.TooDeep, FirstEntry + (63 * 136) + 64, string.Join('/', Enumerable.Repeat("d", 64))),
        ["node at depth 1000"] = new(Nested(1000), NarError.TooDeep, FirstEntry + (63 * 136) + 64, string.Join('/', Enumerable.Repeat("d", 64))),
    };

    /// <summary>Directories in each other, the innermost an empty one at <paramref name="depth"/>.</summary>
    public static byte[] Nested(int depth)
    {
        NarBuilder nar = Typed("directory");
        for (int level = 0; level < depth; level++)
        {
            nar.Text("entry").Text("(").Text("name").Text("d").Text("node").Text("(").Text("type").Text("directory");
        }

        nar.Text(")");
        for (int level = 0; level < depth; level++)
        {
            nar.Text(")").Text(")");
        }

        return nar.ToArray();
    }

    private static NarBuilder Root(string magic) => new NarBuilder().Text(magic).File("");

    private static NarBuilder Typed(string type) => new NarBuilder().Magic().Text("(").Text("type").Text(type);

    private static byte[] InRoot(Action<NarBuilder> entries) => new NarBuilder().Magic().Directory(entries).ToArray();

    private static byte[] Named(string name, Action<NarBuilder> node) => InRoot(root => root.Entry(Encoding.UTF8.GetBytes(name), node));

    /// <summary>An archive with one broken property.</summary>
    internal sealed record Malformed(byte[] Bytes, NarError Error, long Offset, string Entry = "");
}
