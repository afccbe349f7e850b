using System.Text;
using System.Text.RegularExpressions;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Explorer;

/// <summary>The explorer in a real terminal, as its users have it.</summary>
[Trait(Tier.Name, Tier.Processes)]
public sealed partial class ExplorerTerminalTests
{
    private const string Call = " explore '*-pi-image-*' --store samples/leaky-cache --no-progress";

    [Fact]
    public void A_leak_is_found_its_bytes_read_three_edges_marked_and_the_path_copied()
    {
        using TmuxTerminal terminal = new();
        terminal.Type(TmuxTerminal.Tool + Call + "\n");
        terminal.WaitFor("? keys");

        terminal.Type("l");
        List<string> transcript = [terminal.WaitFor("bin/curl-config:8:28")];

        terminal.Type("xlxlx");
        string marked = terminal.WaitFor("basket: 3 edits");
        terminal.Type("b");
        transcript.Add(terminal.WaitFor("The basket frees"));
        terminal.Press("Escape");

        // The command that the explorer copies is the question that what-if answers.
        terminal.Type("Y");
        terminal.WaitFor("Copied: closurescan what-if");
        string copied = Until(() => terminal.Copied, text => text.StartsWith("closurescan what-if", StringComparison.Ordinal));
        ToolRun whatIf = ClosureScanTool.RunInShell($"\"$@\" {copied["closurescan ".Length..]}");
        string freed = FreedBytes().Match(marked).Groups[1].Value;
        Assert.Contains(freed, whatIf.Text.Replace('\u00a0', ' '), StringComparison.Ordinal);

        terminal.Type("y");
        Assert.StartsWith("/nix/store/", Until(() => terminal.Copied, text => text.StartsWith('/')), StringComparison.Ordinal);

        terminal.Resize(60, 12);
        transcript.Add(terminal.WaitUntil(screen => screen.Split('\n') is { Length: <= 13 } lines && lines[^3].StartsWith("basket", StringComparison.Ordinal), "the basket never stood in the last line but one"));
        terminal.Resize(80, 24);
        terminal.WaitUntil(screen => screen.Split('\n') is { Length: >= 24 } lines && lines[22].StartsWith("basket", StringComparison.Ordinal), "the screen never was as large again");

        terminal.Type("q");
        terminal.WaitFor("$ ");
        AssertSane(terminal);
        GoldenFile.Check("tmux.txt", Encoding.UTF8.GetBytes(string.Join($"{new string('=', 80)}\n", transcript)));
    }

    [Fact]
    public void A_signal_gives_the_terminal_back()
    {
        using TmuxTerminal terminal = new();
        terminal.Type(TmuxTerminal.Tool + Call + "\n");
        terminal.WaitFor("? keys");
        terminal.Press("C-z");
        terminal.WaitFor("Stopped");
        terminal.Type("fg\n");
        terminal.WaitFor("? keys");

        ToolRun.Execute(RequiredTool.Find("pkill"), ["-TERM", "-P", terminal.ShellProcess]);
        terminal.WaitFor("interrupted");
        terminal.Type("echo code=$?\n");
        terminal.WaitFor("code=143");
        AssertSane(terminal);
    }

    [Theory]
    [InlineData("\"$@\" < /dev/null")]
    [InlineData("\"$@\" | cat; exit ${PIPESTATUS[0]}")]
    public void Without_a_terminal_it_refuses_and_touches_nothing(string script)
    {
        ToolRun run = ClosureScanTool.RunInShell(script, "explore", LeakyCache.RootName, "--store", "samples/leaky-cache");

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Text);
        Assert.Contains("explore needs a terminal", run.Error, StringComparison.Ordinal);
    }

    /// <summary>The shell echoes what is typed, line by line, and the cursor is there.</summary>
    private static void AssertSane(TmuxTerminal terminal)
    {
        terminal.Type("stty -a | tr ';' '\\n' | grep -wo -- '-*echo\\|-*icanon\\|-*isig' | tr '\\n' ' '; echo end\n");
        string screen = terminal.WaitFor(" end");
        Assert.Contains("isig icanon echo end", screen, StringComparison.Ordinal);
        Assert.Contains("stty -a", screen, StringComparison.Ordinal);
    }

    private static string Until(Func<string> ask, Func<string, bool> isWanted)
    {
        string answer = ask();
        for (int i = 0; i < 600 && !isWanted(answer); i++)
        {
            Thread.Sleep(50);
            answer = ask();
        }

        return answer;
    }

    [GeneratedRegex(@"free ([\d.]+ [KM]iB)")]
    private static partial Regex FreedBytes();
}
