using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>A closure of which as much speaks for one host as for another: nothing is guessed, and the call says what to add.</summary>
public sealed class HostTieTests : IDisposable
{
    private const string Root = "11111111111111111111111111111111-tools-1";
    private const string Other = "22222222222222222222222222222222-other-1";

    private readonly TemporaryTree _store = new();

    public HostTieTests() => _store
        .File($"{Root}/bin/one", new ElfBuilder { Type = 2, Flags = 0x05000400 }.Build(), executable: true)
        .File($"{Root}/bin/two", new ElfBuilder(is64: true) { Type = 2, Machine = 62 }.Build(), executable: true);

    [Theory]
    [InlineData("scan")]
    [InlineData("check")]
    public void Tie_is_a_wrong_call_that_tells_the_counts_and_the_option(string command)
    {
        ToolRun run = Run(command);
        Assert.Equal((2, ""), (run.ExitCode, run.Text));
        Assert.Contains("1 program of a root; x86_64-linux: 1 program of a root", run.Error, StringComparison.Ordinal);
        Assert.Contains("--host SYSTEM", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_that_is_told_decides()
    {
        ToolRun run = Run("scan", "--host", "x86_64-linux");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("bin/one", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("bin/two", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_program_more_is_no_tie()
    {
        _store.File($"{Root}/bin/three", new ElfBuilder(is64: true) { Type = 2, Machine = 62 }.Build(), executable: true);
        Assert.Matches("^tools-1 .* x86_64-linux\\b", Run("scan").Text);
    }

    [Fact]
    public void Closure_of_text_alone_is_no_tie()
    {
        _store.File($"{Other}/text", "text\n");
        ToolRun run = ClosureScanTool.Run(["scan", "--store", _store.Root, $"/nix/store/{Other}"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Matches("^other-1 .* host unknown", run.Text);
    }

    public void Dispose() => _store.Dispose();

    private ToolRun Run(params string[] arguments) => ClosureScanTool.Run([arguments[0], "--store", _store.Root, $"/nix/store/{Root}", .. arguments[1..]]);
}
