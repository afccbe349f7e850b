using System.Text.Json;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

public sealed class SizeCommandTests
{
    private static ToolRun Size(params string[] arguments) =>
        ClosureScanTool.Run(["size", "--store", LeakyCache.Location, LeakyCache.RootName, .. arguments]);

    [Fact]
    public void Self_sizes_add_up_to_the_closure_and_the_root_adds_all_of_it()
    {
        using JsonDocument json = JsonDocument.Parse(Size("--format", "json").Output);
        long total = json.RootElement.GetProperty("closureSize").GetInt64();
        JsonElement[] paths = [.. json.RootElement.GetProperty("paths").EnumerateArray()];

        Assert.Equal(LeakyCache.Paths.Length, paths.Length);
        Assert.Equal(total, paths.Sum(path => path.GetProperty("narSize").GetInt64()));
        Assert.Equal(total, paths.Max(path => path.GetProperty("addedSize").GetInt64()));
        Assert.All(paths, path => Assert.InRange(path.GetProperty("addedSize").GetInt64(), path.GetProperty("narSize").GetInt64(), path.GetProperty("closureSize").GetInt64()));
    }

    [Fact]
    public void Table_shows_what_adds_most_and_counts_the_rest()
    {
        ToolRun run = Size("--top", "3");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("20 more paths", run.Text, StringComparison.Ordinal);
        Assert.Contains("23 paths, 2.0 MiB.", run.Text, StringComparison.Ordinal);
        Assert.True(run.Text.IndexOf(LeakyCache.Gcc, StringComparison.Ordinal) < run.Text.IndexOf("binutils", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_sort_from_A()
    {
        string[] names = [.. Size("--sort", "name").Lines.Where(line => line.Contains('…', StringComparison.Ordinal)).Select(line => line.Split("…-")[1])];

        Assert.Equal(23, names.Length);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Theory]
    [InlineData("csv", "path,narSize,")]
    [InlineData("tsv", "path\tnarSize\t")]
    [InlineData("dot", "digraph dominators {")]
    [InlineData("graphml", "<?xml ")]
    public void Other_formats_begin_as_they_must(string format, string start) =>
        Assert.StartsWith(start, Size("--format", format).Text, StringComparison.Ordinal);

    [Fact]
    public void Twins_name_the_build_of_each_side_and_who_holds_it()
    {
        ToolRun run = Size("--twins");
        using JsonDocument json = JsonDocument.Parse(Size("--format", "json").Output);
        JsonElement bash = json.RootElement.GetProperty("twins").EnumerateArray().Single(package => package.GetProperty("package").GetString() == "bash");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("differ in platform", run.Text, StringComparison.Ordinal);
        Assert.Contains("…-kbd-2.6.4", run.Text, StringComparison.Ordinal);
        Assert.Equal(["platform"], bash.GetProperty("differences").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal(
            [LeakyCache.Find(LeakyCache.BuildBash).ToString(), LeakyCache.Find(LeakyCache.HostBash).ToString()],
            bash.GetProperty("variants").EnumerateArray().SelectMany(variant => variant.GetProperty("paths").EnumerateArray()).Select(path => path.GetProperty("path").GetString()).OrderBy(path => path!.Contains(LeakyCache.Host, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_split_frees_what_trying_it_frees()
    {
        using JsonDocument json = JsonDocument.Parse(Size("--splits", "--format", "json").Output);
        JsonElement[] splits = [.. json.RootElement.GetProperty("splits").EnumerateArray()];

        Assert.Contains(splits, split => split.GetProperty("files").EnumerateArray().Select(file => file.GetString()).SequenceEqual(["bin/curl-config"]));
        Assert.All(splits, split =>
        {
            string path = split.GetProperty("path").GetString()!;
            IEnumerable<string> edits = split.GetProperty("files").EnumerateArray().SelectMany(file => new[] { "--split", $"{path}:{file.GetString()}" });
            using JsonDocument trial = JsonDocument.Parse(
                ClosureScanTool.Run(["what-if", "--store", LeakyCache.Location, LeakyCache.RootName, "--format", "json", .. edits]).Output);
            Assert.Equal(trial.RootElement.GetProperty("freedBytes").GetInt64(), split.GetProperty("freedBytes").GetInt64());
            Assert.True(JsonElement.DeepEquals(trial.RootElement.GetProperty("freedPaths"), split.GetProperty("freedPaths")));
        });
    }

    [Fact]
    public void Splits_tell_how_little_moves_and_how_much_that_frees()
    {
        ToolRun run = Size("--splits", "--top", "2");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("1 of 3 files, 67 B:", run.Text, StringComparison.Ordinal);
        Assert.Contains("nix-support/propagated-native-build-inputs", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("bin/curl-config", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--splits", "--twins")]
    [InlineData("--splits", "--format", "csv")]
    public void Tables_that_do_not_go_together_are_a_wrong_call(params string[] arguments) => Assert.Equal(2, Size(arguments).ExitCode);

    [Fact]
    public void Several_roots_share_what_both_reach()
    {
        ToolRun run = ClosureScanTool.Run("size", "--store", LeakyCache.Location, "*-kbd-*", "*-curl-*");

        Assert.Contains("Together:", run.Text, StringComparison.Ordinal);
        Assert.Contains("are shared", run.Text, StringComparison.Ordinal);
    }
}
