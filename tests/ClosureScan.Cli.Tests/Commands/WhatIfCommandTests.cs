using System.Text.Json;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

public sealed class WhatIfCommandTests
{
    private static ToolRun Run(string command, params string[] arguments) =>
        ClosureScanTool.Run([command, "--store", LeakyCache.Location, LeakyCache.RootName, .. arguments]);

    private static JsonElement Json(ToolRun run) => JsonDocument.Parse(run.Output).RootElement.Clone();

    private static string Name(JsonElement edge, string end) => StorePath.Parse(edge.GetProperty(end).GetString()!).Name;

    [Fact]
    public void Dropping_what_cut_names_frees_as_much_as_cut_says()
    {
        JsonElement cut = Json(Run("cut", "--target", LeakyCache.Gcc, "--format", "json")).GetProperty("cut");
        string[] drops = [.. cut.GetProperty("edits").EnumerateArray().SelectMany(edit => new[] { "--drop", $"{Name(edit, "from")}->{Name(edit, "to")}" })];

        ToolRun run = Run("what-if", [.. drops, "--format", "json"]);
        JsonElement whatIf = Json(run);

        Assert.Equal((0, 4), (run.ExitCode, drops.Length));
        foreach (string member in (string[])["freedBytes", "closureSizeAfter", "closureCountAfter", "freedPaths"])
        {
            Assert.True(JsonElement.DeepEquals(cut.GetProperty(member), whatIf.GetProperty(member)), member);
        }
    }

    [Fact]
    public void Editing_the_files_of_the_planted_leaks_leaves_only_the_foreign_program()
    {
        string[] drops = [.. LeakyCache.Leaks.SelectMany(leak => new[] { "--drop", $"{leak.From}:{leak.File}" })];

        JsonElement left = Assert.Single(Json(Run("what-if", [.. drops, "--format", "json"])).GetProperty("findingsLeft").EnumerateArray());

        Assert.Equal(LeakyCache.Systemd, Name(left, "from"));
        Assert.False(left.TryGetProperty("to", out _));
    }

    [Fact]
    public void Text_tells_the_gain_and_the_leaks_that_remain()
    {
        ToolRun run = Run("what-if", "--split", "kbd-*:bin/*");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Leaks that go:", run.Text, StringComparison.Ordinal);
        Assert.Contains("Leaks that remain:", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(2, "--split", "kbd-*")]
    [InlineData(2, "--drop", "->kbd-*")]
    [InlineData(4, "--drop", "no-such-path")]
    [InlineData(4, "--drop", "kbd-*:no/such/file")]
    [InlineData(4, "--drop", "bash-5.2p26->kbd-*")]
    public void Exit_code_and_message_tell_what_is_wrong(int expected, params string[] arguments)
    {
        ToolRun run = Run("what-if", arguments);

        Assert.Equal(expected, run.ExitCode);
        Assert.Contains(arguments.LastOrDefault() ?? "--drop", run.Error, StringComparison.Ordinal);
    }
}
