using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>What <c>fleet</c> answers fits a terminal: rows under each other, long texts below their row, paths by names that every command takes.</summary>
public sealed class FleetScreenTests : IDisposable
{
    private const int Width = 80;

    private readonly TemporaryTree _folder = new();
    private readonly string _ledger;

    public FleetScreenTests()
    {
        _ledger = $"sqlite:{_folder.PathOf("ledger.db")}";
        ToolRun run = ClosureScanTool.Run("fleet", "run", "--ledger", _ledger, "--cache", LeakyCache.Location, "--quiet");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Questions_are_answered_within_the_line()
    {
        foreach (string[] question in (string[][])[["leaks"], ["fixes"], ["matrix"], ["referrers", "glibc"], ["first-bad"], ["conflicts"], ["unreadable"]])
        {
            string[] lines = Ask(question).Text.Split('\n');
            Assert.True(lines.All(line => line.Length <= Width || !line.Trim().Contains(' ', StringComparison.Ordinal)), string.Join('\n', lines));
        }

        string[] leaks = Ask("leaks").Lines;
        int row = Array.FindIndex(leaks, line => line.StartsWith("gcc-wrapper   curl ", StringComparison.Ordinal));
        Assert.StartsWith("    4.0 KiB freed: remove-references-to -t ${stdenv.cc}", leaks[row + 1], StringComparison.Ordinal);
    }

    [Fact]
    public void Path_of_an_answer_can_be_asked_about()
    {
        string name = Ask("referrers", "glibc").Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).First(words => words[0] == "direct")[1];

        ToolRun run = ClosureScanTool.Run("why", "--store", LeakyCache.Location, LeakyCache.RootName, name);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    private ToolRun Ask(params string[] question)
    {
        ToolRun run = ClosureScanTool.Run(["fleet", "query", .. question, "--ledger", _ledger]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run;
    }
}
