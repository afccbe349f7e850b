using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Streams;

/// <summary>A signal ends the tool in the middle of a read that never ends by itself.</summary>
[Trait(Tier.Name, Tier.Processes)]
public sealed class SignalTests
{
    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void Signal_ends_the_wait_for_a_pipe_with_its_exit_code(string signal, int expected)
    {
        foreach (string tool in (string[])["mkfifo", "timeout", "pkill"])
        {
            RequiredTool.Find(tool);
        }

        using TemporaryTree tree = new();

        // Opening the writing end waits until the tool has opened the other. Job control, because bash lets a job
        // without it ignore SIGINT. The last line is not reached when the tool hangs: timeout ends it with 124.
        ToolRun run = ClosureScanTool.RunInShell(
            $"""
            set -m
            mkfifo {tree.Root}/pipe
            timeout --foreground 60 "$@" {tree.Root}/pipe &
            exec 3> {tree.Root}/pipe
            printf '\15\0\0\0\0\0\0\0nix-archive-1' >&3
            pkill -{signal} -P $!
            wait $!
            """,
            "nar", "verify");

        Assert.Equal(expected, run.ExitCode);
        Assert.Equal("", run.Text);
    }
}
