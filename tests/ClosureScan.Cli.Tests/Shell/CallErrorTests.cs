using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Shell;

/// <summary>What is wrong with a call is told by the name of the option or the word, with the one that was probably meant.</summary>
public sealed class CallErrorTests
{
    [Theory]
    [InlineData("scna ./result", "scna is no command of closurescan. Did you mean \"scan\"?", "--help")]
    [InlineData("policy inti ./result", "inti is no command of closurescan policy. Did you mean \"init\"?", "policy --help")]
    [InlineData("nar ls a b c d", "b and 2 more: too many. It is closurescan nar ls NAR.", "nar ls --help")]
    [InlineData("nar", "No command. closurescan nar has ls, cat, verify.", "nar --help")]
    [InlineData("scan --fomat json x", "--fomat is no option here. Did you mean --format?", "scan --help")]
    [InlineData("policy init --forse x", "--forse is no option here. Did you mean --force?", "policy init --help")]
    [InlineData("scan --format jsn x", "--format jsn: Did you mean \"json\"?", "scan --help")]
    [InlineData("scan --fail-on never x", "--fail-on never: Known here: bloats, breaks, none.", "scan --help")]
    [InlineData("completion fsh", "SHELL fsh: Did you mean \"fish\"?", "completion --help")]
    [InlineData("scan --jobs all x", "--jobs all: expected a whole number.", "scan --help")]
    [InlineData("scan x --jobs", "--jobs needs a value, N.", "scan --help")]
    [InlineData("scan --width 5 x", "--width 5: expected a number from 40 to 1000.", null)]
    public void Error_names_its_option_and_what_was_meant(string call, string message, string? help)
    {
        ToolRun run = ClosureScanTool.Run(call.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"closurescan: {message}", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\\x", run.Error, StringComparison.Ordinal);
        Assert.Equal(help is null, !run.Error.EndsWith($"\nSee closurescan {help}.\n", StringComparison.Ordinal));
        Assert.Equal("", run.Text);
    }

    [Theory]
    [InlineData("help scan", "scan --help")]
    [InlineData("help policy init", "policy init --help")]
    [InlineData("help", "--help")]
    public void Help_is_a_command_too(string call, string same) =>
        Assert.Equal(ClosureScanTool.Run(same.Split(' ')).Text, ClosureScanTool.Run(call.Split(' ')).Text);

    [Theory]
    [InlineData("scan --version")]
    [InlineData("nar cat --version")]
    public void Version_is_told_behind_a_command_too(string call)
    {
        ToolRun run = ClosureScanTool.Run(call.Split(' '));
        Assert.Equal((0, ClosureScanTool.Run("--version").Text), (run.ExitCode, run.Text));
    }

    [Fact]
    public void Help_for_no_command_is_a_usage_error() => Assert.Equal(2, ClosureScanTool.Run("help", "scna").ExitCode);
}
