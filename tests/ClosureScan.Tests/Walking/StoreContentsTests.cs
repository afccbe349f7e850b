using ClosureScan.Nar;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Tests.Walking;

/// <summary>That a tree is read alike from disk and from its NAR, entry by entry, so that two can be walked in lockstep.</summary>
public sealed class StoreContentsTests
{
    [Fact]
    public async Task Directory_and_its_NAR_give_the_same_entries_and_bytes()
    {
        using TemporaryTree tree = SampleTrees.EverythingInUtf8();
        using MemoryStream nar = new();
        NarDump.Write(tree.Root, nar, TestContext.Current.CancellationToken);
        nar.Position = 0;
        await using StoreContents onDisk = StoreContents.OnDisk(tree.Root), asNar = StoreContents.Nar(nar);

        string[] expected = await DescribeAsync(onDisk);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, await DescribeAsync(asNar));
    }

    [Fact]
    public async Task Contents_may_be_left_unread_and_are_gone_with_the_next_entry()
    {
        using TemporaryTree tree = new TemporaryTree().File("a", "first").File("b", new byte[3_000_000]).File("c", "last");
        await using StoreContents onDisk = StoreContents.OnDisk(tree.Root), asNar = StoreContents.Nar(await File.ReadAllBytesAsync(NarOf(tree), TestContext.Current.CancellationToken));
        foreach (StoreContents contents in (StoreContents[])[onDisk, asNar])
        {
            NarEntry? before = null;
            byte[] last = [];
            await foreach (NarEntry entry in contents.ReadAsync(TestContext.Current.CancellationToken))
            {
                if (before is { Kind: NarEntryKind.File })
                {
                    await Assert.ThrowsAsync<InvalidOperationException>(async () => await before.Contents.ReadExactlyAsync(new byte[1]));
                }

                before = entry;
                if (NarText.Escape(entry.Path.Span) == "c")
                {
                    last = new byte[entry.Length];
                    await entry.Contents.ReadExactlyAsync(last, TestContext.Current.CancellationToken);
                }
            }

            Assert.Equal("last"u8.ToArray(), last);
        }
    }

    [Fact]
    public async Task Contents_are_read_by_one_reader()
    {
        await using StoreContents contents = StoreContents.Nar(NarBuilder.OfFile("x"u8.ToArray()));
        using TreeReader reader = contents.OpenReader();

        Assert.Throws<InvalidOperationException>(() => contents.OpenReader());
    }

    private static string NarOf(TemporaryTree tree)
    {
        string file = tree.Root + ".nar";
        using FileStream nar = File.Create(file);
        NarDump.Write(tree.Root, nar, TestContext.Current.CancellationToken);
        return file;
    }

    private static async Task<string[]> DescribeAsync(StoreContents contents)
    {
        List<string> lines = [];
        await foreach (NarEntry entry in contents.ReadAsync(TestContext.Current.CancellationToken))
        {
            using MemoryStream bytes = new();
            await entry.Contents.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            lines.Add($"{entry} {entry.Length} {entry.IsExecutable} @{entry.NarOffset} {NarText.Escape(entry.Target.Span)} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.ToArray()))}");
        }

        return [.. lines];
    }
}
