using System.Text.Json;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

public sealed class WhyCommandTests
{
    private static readonly string[] Cache = ["--store", LeakyCache.Location];

    private static ToolRun Why(params string[] arguments) => ClosureScanTool.Run(["why", .. Cache, .. arguments]);

    [Fact]
    public void Chain_names_the_file_behind_every_link_and_exits_with_0()
    {
        ToolRun run = Why(LeakyCache.Root.ToString(), LeakyCache.Gcc);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("is reached over 3 references; no chain is shorter:", run.Text, StringComparison.Ordinal);
        string[] order = ["etc/systemd/system/gpsd.service", "gpsd.service:6:22", "bin/gpsd elf-runpath"];
        Assert.Equal(order, order.OrderBy(part => run.Text.IndexOf(part, StringComparison.Ordinal)));
        Assert.All(order, part => Assert.Contains(part, run.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Planted_leaks_end_the_chains_in_json_with_their_files()
    {
        foreach (ExpectedLeak leak in LeakyCache.Leaks)
        {
            ToolRun run = Why(LeakyCache.Root.BaseName, LeakyCache.Find(leak.To).ToString(), "--reverse", "--format", "json");
            using JsonDocument json = JsonDocument.Parse(run.Output);
            Assert.Contains(
                json.RootElement.GetProperty("references").EnumerateArray().Where(reference => reference.GetProperty("from").GetString() == LeakyCache.Find(leak.From).ToString()),
                reference => reference.GetProperty("evidence").EnumerateArray().Any(evidence => evidence.GetProperty("file").GetString() == leak.File));
        }
    }

    [Fact]
    public void Shortest_chains_are_listed_one_by_one_and_evidence_is_told_once()
    {
        ToolRun run = Why(LeakyCache.Root.BaseName, LeakyCache.Gcc, "--chains", "5");
        using JsonDocument json = JsonDocument.Parse(Why(LeakyCache.Root.BaseName, LeakyCache.Gcc, "--chains", "5", "--format", "json").Output);

        JsonElement[] chains = [.. json.RootElement.GetProperty("chains").EnumerateArray()];
        Assert.Equal(json.RootElement.GetProperty("chainCount").GetInt32(), chains.Length);
        Assert.Equal([3, 3], chains.Select(chain => chain.GetProperty("length").GetInt32()));
        Assert.Equal(2, chains.Select(chain => string.Join(' ', chain.GetProperty("references").EnumerateArray().Select(link => link.GetProperty("from").GetString()))).Distinct().Count());
        Assert.Contains("is reached over 3 references; no chain is shorter:", run.Text, StringComparison.Ordinal);
        Assert.Contains("or over 3 references:", run.Text, StringComparison.Ordinal);
        Assert.Single(Why(LeakyCache.Root.BaseName, LeakyCache.Gcc, "--chains", "1").Text.Split("reached over")[1..]);
    }

    [Fact]
    public void Glob_asks_about_all_it_matches()
    {
        ToolRun run = Why(LeakyCache.Root.BaseName, "*bash*", "--format", "json");
        using JsonDocument json = JsonDocument.Parse(run.Output);

        Assert.Equal(2, json.RootElement.GetProperty("chains").GetArrayLength());
    }

    [Theory]
    [InlineData(1, LeakyCache.BuildBash, LeakyCache.Coreutils)]
    [InlineData(4, LeakyCache.BuildBash, "coreutilsk")]
    [InlineData(4, "no-such-root", LeakyCache.Coreutils)]
    [InlineData(2, LeakyCache.RootName, LeakyCache.Gcc, "--all", "--reverse")]
    [InlineData(2, LeakyCache.RootName, LeakyCache.Gcc, "--top", "0")]
    [InlineData(2, LeakyCache.RootName, LeakyCache.Gcc, "--chains", "0")]
    [InlineData(2, LeakyCache.RootName, LeakyCache.Gcc, "--chains", "2", "--all")]
    [InlineData(0, LeakyCache.RootName, LeakyCache.RootName)]
    public void Exit_code_answers(int expected, params string[] arguments) => Assert.Equal(expected, Why(arguments).ExitCode);

    [Fact]
    public void Only_the_paths_on_the_chain_are_read()
    {
        using TemporaryTree folder = new();
        foreach (string file in Directory.EnumerateFiles(LeakyCache.Location, "*", SearchOption.AllDirectories))
        {
            string to = Path.Combine(folder.Root, Path.GetRelativePath(LeakyCache.Location, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        // The compiler's own NAR is not on any chain to it but as its end.
        string narinfo = File.ReadAllText(Path.Combine(folder.Root, LeakyCache.Find(LeakyCache.Gcc).Hash + ".narinfo"));
        File.Delete(Path.Combine(folder.Root, narinfo.Split('\n').First(line => line.StartsWith("URL: ", StringComparison.Ordinal))["URL: ".Length..]));

        Assert.Equal(0, ClosureScanTool.Run("why", "--store", folder.Root, LeakyCache.Root.BaseName, LeakyCache.Gcc).ExitCode);
    }
}
