using System.IO.Compression;
using System.Text.Json;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

public sealed class RefsCommandTests
{
    private static readonly string Bash = LeakyCache.Find(LeakyCache.BuildBash).ToString();

    [Fact]
    public void Every_spelled_out_path_is_listed_with_line_column_and_mechanism()
    {
        using TemporaryTree tree = new TemporaryTree().File("script", $"#!{Bash}/bin/bash\n\n  exec {Bash}/bin/sh\n", executable: true);
        ToolRun run = ClosureScanTool.Run("refs", tree.PathOf("script"));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("2 times in 1 file", run.Text, StringComparison.Ordinal);
        Assert.Contains("script:1:14  shebang", run.Text, StringComparison.Ordinal);
        Assert.Contains("script:3:19  script-body", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../app")]
    [InlineData("../app/script")]
    public void Link_is_followed_to_what_was_built(string target)
    {
        using TemporaryTree tree = new TemporaryTree().File("app/script", $"#!{Bash}/bin/bash\n", executable: true).Directory("work").Symlink("work/result-1", target).Symlink("work/result", "result-1");

        Assert.Contains(":1:14  shebang", ClosureScanTool.Run("refs", tree.PathOf("work/result")).Text, StringComparison.Ordinal);
        if (target == "../app")
        {
            Assert.Contains("script", ClosureScanTool.Run("nar", "ls", tree.PathOf("work/result")).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Long_program_is_told_as_a_file_as_it_is_in_its_folder()
    {
        byte[] program = new ElfBuilder(is64: true) { Machine = 62 }.Interpreter($"{Bash}/lib/ld.so").Dynamic(29, $"{Bash}/lib").Section(".rodata", 1, 2, new byte[17 * 1024 * 1024]).Build();
        using TemporaryTree tree = new TemporaryTree().File("bin/x", program, executable: true);

        string[] alone = [.. ClosureScanTool.Run("refs", tree.PathOf("bin/x")).Lines.Skip(1).Select(line => line.Split("  ", 3)[^1])];

        Assert.Equal(["elf-interpreter", "elf-runpath"], alone.Select(line => line.Split(',')[0].Split(' ')[^1]));
        Assert.Equal(alone, ClosureScanTool.Run("refs", tree.Root).Lines.Skip(1).Select(line => line.Split("  ", 3)[^1]));
    }

    [Fact]
    public void With_a_store_the_bare_hash_counts()
    {
        using TemporaryTree tree = new TemporaryTree().File("note", $"see {Bash[11..43]}");
        Assert.Contains("No reference", ClosureScanTool.Run("refs", tree.PathOf("note")).Text, StringComparison.Ordinal);
        Assert.Contains(LeakyCache.BuildBash, ClosureScanTool.Run("refs", tree.PathOf("note"), "--store", LeakyCache.Location).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nar_is_read_as_a_nar()
    {
        string nar = Directory.EnumerateFiles(Path.Combine(LeakyCache.Location, "nar")).First();
        ToolRun run = ClosureScanTool.Run("refs", nar, "--format", "json");
        Assert.Equal(0, run.ExitCode);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(JsonValueKind.Array, json.RootElement.GetProperty("references").ValueKind);
    }

    [Fact]
    public void Compressed_data_that_cannot_be_read_to_their_end_are_told_on_standard_error()
    {
        using TemporaryTree tree = new TemporaryTree().File("cut.gz", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b]);
        ToolRun run = ClosureScanTool.Run("refs", tree.Root);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("closurescan: left out: 1 file compressed or a container, and cut short", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_behind_an_archive_are_not_passed_over()
    {
        using TemporaryTree tree = new TemporaryTree().File("a.nar", [.. NarBuilder.OfFile("x"u8.ToArray()), .. System.Text.Encoding.ASCII.GetBytes($"{Bash}/bin/bash\n")]);
        ToolRun run = ClosureScanTool.Run("refs", tree.PathOf("a.nar"));
        Assert.Equal(3, run.ExitCode);
        Assert.Equal($"closurescan: {tree.PathOf("a.nar")}: bytes follow the archive, which ends at byte 120, and were not searched\n", run.Error);
    }

    [Theory]
    [InlineData("a.gz", "bytes that are no gzip follow the gzip data")]
    [InlineData("a.br", "bytes follow the Brotli data")]
    public void Bytes_behind_compressed_data_are_not_passed_over(string file, string message)
    {
        using MemoryStream compressed = new();
        using (Stream encoder = file == "a.gz" ? new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true) : new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            encoder.Write("nothing"u8);
        }

        using TemporaryTree tree = new TemporaryTree().File(file, [.. compressed.ToArray(), .. System.Text.Encoding.ASCII.GetBytes($"{Bash}/bin/bash\n")]).File("empty-" + file, "");
        ToolRun run = ClosureScanTool.Run("refs", tree.PathOf(file));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(3, ClosureScanTool.Run("refs", tree.PathOf("empty-" + file)).ExitCode);
    }

    [Fact]
    public void Missing_file_is_a_wrong_call() => Assert.Equal(2, ClosureScanTool.Run("refs", "/no/such/file").ExitCode);
}
