using System.Collections.Immutable;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Samples;

public sealed class WalkthroughTests
{
    private const string Server = "http://localhost:8000";

    private static readonly ImmutableArray<MarkdownConsole> Commands = MarkdownConsole.Read(Repository.PathOf("samples/walkthrough/README.md"));

    [Fact]
    public void Commands_print_what_the_walkthrough_shows()
    {
        MarkdownConsole[] commands = [.. Commands.Where(command => !IsRemote(command) && command.ToolArguments() is not null)];

        Assert.Equal(["size", "why", "why", "cut", "scan", "diff"], commands.Select(command => command.ToolArguments()![0]));
        foreach (MarkdownConsole command in commands)
        {
            Assert.Equal(command.Output, ClosureScanTool.Run(command.ToolArguments()!).Text);
        }
    }

    [Fact]
    [Trait(Tier.Name, Tier.Processes)]
    public async Task Commands_over_a_server_print_what_the_walkthrough_shows()
    {
        await using TestServer server = await TestServer.StartFolderAsync(Repository.PathOf("samples/leaky-cache"));
        using TemporaryTree cache = new();
        Dictionary<string, string?> variables = new() { ["XDG_CACHE_HOME"] = cache.Root, ["NO_COLOR"] = null };
        MarkdownConsole[] commands = [.. Commands.Where(IsRemote)];

        Assert.Equal(["size", "why", "scan", "scan", "scan"], commands.Select(command => command.ToolArguments()![0]));
        foreach (MarkdownConsole command in commands)
        {
            ToolRun run = ClosureScanTool.RunWith(variables, null, command.ToolArguments()!.Select(argument => argument.Replace(Server, server.Address, StringComparison.Ordinal)));
            string shown = command.Output.StartsWith("…\n", StringComparison.Ordinal) ? command.Output[2..] : command.Output;
            Assert.True(run.Text.EndsWith(shown, StringComparison.Ordinal) || run.Error.EndsWith(shown, StringComparison.Ordinal), $"{command.Command} printed\n{run.Text}{run.Error}");
        }
    }

    private static bool IsRemote(MarkdownConsole command) => command.Command.Contains(Server, StringComparison.Ordinal) && command.ToolArguments() is not null;

    [Fact]
    public void Walk_ends_on_an_image_that_scans_clean_and_brings_no_leak()
    {
        ToolRun scan = ClosureScanTool.Run("scan", "--store", "samples/fixed-cache", "*-pi-image-*");
        ToolRun diff = ClosureScanTool.Run("diff", "*-pi-image-*", "*-pi-image-*", "--before-store", "samples/leaky-cache", "--after-store", "samples/fixed-cache");

        Assert.Equal((0, 0), (scan.ExitCode, diff.ExitCode));
        Assert.Contains("No leak found.", scan.Text, StringComparison.Ordinal);
        Assert.Contains("Better: none new, 7 gone, 0 as before.", diff.Text, StringComparison.Ordinal);
    }
}
