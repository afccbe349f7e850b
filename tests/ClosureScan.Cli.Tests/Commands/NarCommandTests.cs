using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Cli.Tests.Commands;

public sealed class NarCommandTests
{
    private static string AnyNar(string ending) =>
        Directory.EnumerateFiles(Path.Combine(LeakyCache.Location, "nar")).First(file => file.EndsWith(ending, StringComparison.Ordinal));

    [Fact]
    public void Ls_lists_the_entries_in_order_with_their_offsets()
    {
        using TemporaryTree tree = new TemporaryTree().File("a/run", "#!/bin/sh\n", executable: true).Symlink("b", "a/run");
        string nar = Dump(tree);
        string[] expected =
        [
            "d-            0            0 .",
            "d-            0            0 a",
            "-x           10          448 a/run",
            "l-            5          768 b -> a/run",
        ];
        string[] lines = ClosureScanTool.Run("nar", "ls", nar).Lines;
        Assert.Equal(expected.Select(KindSizeAndPath), lines.Select(KindSizeAndPath));
        Assert.Equal("#!/bin/sh\n", System.Text.Encoding.ASCII.GetString(File.ReadAllBytes(nar).AsSpan(int.Parse(lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]), 10)));
    }

    [Fact]
    public void Cat_prints_a_file_and_nothing_else()
    {
        using TemporaryTree tree = new TemporaryTree().File("a", "first").File("b", "second\n");
        string nar = Dump(tree);
        Assert.Equal("second\n", ClosureScanTool.Run("nar", "cat", nar, "b").Text);
        Assert.Equal(4, ClosureScanTool.Run("nar", "cat", nar, "c").ExitCode);
    }

    [Theory]
    [InlineData(".xz")]
    [InlineData(".zst")]
    public void Verify_reads_compressed_nars(string ending)
    {
        ToolRun run = ClosureScanTool.Run("nar", "verify", AnyNar(ending));
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("sha256:", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_refuses_another_hash_trailing_bytes_and_a_cut()
    {
        using TemporaryTree tree = new TemporaryTree().File("a", "contents");
        string nar = Dump(tree);
        byte[] bytes = File.ReadAllBytes(nar);
        string right = ClosureScanTool.Run("nar", "verify", nar).Text.Split(' ')[0];
        Assert.Equal(0, ClosureScanTool.Run("nar", "verify", nar, "--hash", right, "--size", $"{bytes.Length}").ExitCode);
        Assert.Equal(3, ClosureScanTool.Run("nar", "verify", nar, "--hash", "sha256:" + new string('0', 52)).ExitCode);

        File.WriteAllBytes(nar, [.. bytes, 0]);
        Assert.Equal(3, ClosureScanTool.Run("nar", "verify", nar).ExitCode);
        File.WriteAllBytes(nar, bytes[..^1]);
        ToolRun cut = ClosureScanTool.Run("nar", "verify", nar);
        Assert.Equal(3, cut.ExitCode);
        Assert.Contains(nar, cut.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_compression_is_told_with_the_file()
    {
        using TemporaryTree folder = new();
        byte[] bytes = File.ReadAllBytes(AnyNar(".xz"));
        string file = folder.PathOf("cut.nar.xz");
        File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
        ToolRun run = ClosureScanTool.Run("nar", "ls", file);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("cut.nar.xz", run.Error, StringComparison.Ordinal);
    }

    private static string Dump(TemporaryTree tree)
    {
        string nar = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".nar");
        using FileStream stream = File.Create(nar);
        NarDump.Write(tree.Root, stream);
        return nar;
    }

    private static (string Kind, string Size, string Path) KindSizeAndPath(string line)
    {
        string[] words = line.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries);
        return (words[0], words[1], words[3]);
    }
}
