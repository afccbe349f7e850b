using ClosureScan.Cli.Commands;
using ClosureScan.Cli.Shell;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Shell;

/// <summary>The script is loaded by fish, which then says what it would offer for a line.</summary>
[Trait(Tier.Name, Tier.Processes)]
public sealed class FishCompletionTests : IDisposable
{
    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("closurescan sc", "scan")]
    [InlineData("closurescan nar ", "ls cat verify")]
    [InlineData("closurescan scan --form", "--format")]
    [InlineData("closurescan scan --fail-on b", "bloats breaks")]
    [InlineData("closurescan nar verify --si", "--size")]
    [InlineData("closurescan nar ls --si", "")]
    public void Line_is_completed(string line, string expected)
    {
        string fish = RequiredTool.Find("fish");
        using StringWriter writer = new();
        FishCompletion.Write(CommandNode.Of(CommandLine.Create()), writer);
        _tree.File("completion.fish", writer.ToString());

        ToolRun run = ToolRun.Execute(
            fish,
            ["--no-config", "-c", $"source completion.fish; complete -C '{line}'"],
            new Dictionary<string, string?> { ["HOME"] = _tree.Root, ["XDG_CONFIG_HOME"] = null, ["XDG_DATA_HOME"] = null },
            _tree.Root);

        Assert.Equal("", run.Error);
        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            run.Lines.Select(offer => offer.Split('\t')[0]).Order(StringComparer.Ordinal));
    }
}
