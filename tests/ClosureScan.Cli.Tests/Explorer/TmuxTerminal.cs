using System.Diagnostics;
using System.Globalization;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Explorer;

/// <summary>A real terminal: a server of tmux of its own, with a shell of 80 columns and 24 rows in the repository's folder.</summary>
internal sealed class TmuxTerminal : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _tmux = RequiredTool.Find("tmux");
    private readonly string _server = $"closurescan-{Guid.NewGuid():N}";

    public TmuxTerminal()
    {
        Call("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "-c", Repository.Root, "env", "PS1=$ ", "bash", "--norc", "--noprofile", "-i");
        Call("set", "-s", "set-clipboard", "on");
    }

    /// <summary>The command that runs the tool.</summary>
    public static string Tool { get; } = $"{Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"} {Path.Combine(AppContext.BaseDirectory, "ClosureScan.Cli.dll")}";

    public string Screen => Call("capture-pane", "-p");

    /// <summary>Writes text as if typed.</summary>
    public void Type(string text) => Call("send-keys", "-l", text);

    /// <summary>Presses a key by tmux's name for it.</summary>
    public void Press(string key) => Call("send-keys", key);

    public void Resize(int width, int height) => Call("resize-window", "-x", width.ToString(CultureInfo.InvariantCulture), "-y", height.ToString(CultureInfo.InvariantCulture));

    /// <summary>The number of the shell's process.</summary>
    public string ShellProcess => Call("display-message", "-p", "#{pane_pid}").Trim();

    /// <summary>What was copied last.</summary>
    public string Copied => Call("show-buffer");

    /// <summary>Waits until the screen has a text, and returns the screen.</summary>
    public string WaitFor(string text) => WaitUntil(screen => screen.Contains(text, StringComparison.Ordinal), $"the screen never had \"{text}\"");

    /// <summary>Waits until the screen is as wanted, and returns it.</summary>
    public string WaitUntil(Func<string, bool> isWanted, string complaint)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            string screen = Screen;
            Assert.True(watch.Elapsed < Patience, $"{complaint}:\n{screen}");
            Thread.Sleep(50);
            if (isWanted(screen) && Screen == screen)
            {
                return screen;
            }
        }
    }

    public void Dispose() => ToolRun.Execute(_tmux, ["-L", _server, "kill-server"]);

    private string Call(params string[] arguments)
    {
        ToolRun run = ToolRun.Execute(_tmux, ["-L", _server, .. arguments], new Dictionary<string, string?> { ["TMUX"] = null, ["LC_ALL"] = "C.UTF-8", ["NO_COLOR"] = null });
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Text;
    }
}
