using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ClosureScan.Cli.Rendering;

namespace ClosureScan.Cli.Explorer;

/// <summary>
/// A real terminal for an explorer: it takes the screen, sends what changed of it, reads keys, and gives the screen back whatever happens: an end, an error,
/// Ctrl-Z, a signal.
/// </summary>
/// <remarks>
/// By hand, over Console: Terminal.Gui 2.5 did the same in a native program 8 MB larger with a second native library, and 29 MiB more of memory.
/// </remarks>
internal sealed partial class TerminalSession : IDisposable
{
    private const int StopSignal = 20;
    private const int StopSignalOnMac = 18;

    private readonly ClosureExplorer _explorer;
    private readonly bool _usesColor;
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly BlockingCollection<ExplorerKey?> _events = [];
    private readonly PosixSignalRegistration? _resize;
    private readonly PosixSignalRegistration? _continue;
    private readonly ManualResetEventSlim _continued = new();
    private readonly Lock _screen = new();
    private Grid? _shown;
    private bool _isTaken;

    private TerminalSession(ClosureExplorer explorer, bool usesColor)
    {
        _explorer = explorer;
        _usesColor = usesColor;
        _resize = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Redraw());
        _continue = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => _continued.Set());
    }

    /// <summary>Why there is no terminal to walk in; null when there is one.</summary>
    public static string? Refusal =>
        OperatingSystem.IsWindows() ? "explore needs the terminal of a Unix; closurescan size, why and cut tell the same as text."
        : Console.IsInputRedirected || Console.IsOutputRedirected ? "explore needs a terminal, and standard input or output is none; closurescan size, why and cut tell the same as text."
        : Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb" ? "explore needs a terminal that can move its cursor, and TERM says that this one cannot; closurescan size, why and cut tell the same as text."
        : null;

    /// <summary>Runs an explorer until its user ends it or <paramref name="cancellationToken"/> does.</summary>
    /// <param name="explorer">The explorer.</param>
    /// <param name="usesColor">Whether colours are shown.</param>
    /// <param name="begun">Told how to have the screen drawn anew, from any thread.</param>
    /// <param name="cancellationToken">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public static void Run(ClosureExplorer explorer, bool usesColor, Action<Action> begun, CancellationToken cancellationToken)
    {
        using TerminalSession session = new(explorer, usesColor);
        begun(session.Redraw);
        session.Run(cancellationToken);
    }

    public void Dispose()
    {
        _resize?.Dispose();
        _continue?.Dispose();
        Release();
    }

    private void Run(CancellationToken cancellationToken)
    {
        Console.TreatControlCAsInput = true;
        Take();
        Draw();
        Thread reader = new(ReadKeys) { IsBackground = true };
        reader.Start();
        while (!_explorer.IsEnded)
        {
            ExplorerKey? key = _events.Take(cancellationToken);
            if (key is { Code: ConsoleKey.Z, Control: true })
            {
                Suspend();
            }
            else if (key is { } pressed)
            {
                _explorer.Handle(pressed);
                Copy();
            }

            // Whoever holds a key down sees where it leads, not every step.
            if (_events.Count == 0)
            {
                Draw();
            }
        }
    }

    private void Redraw() => _events.TryAdd(null);

    private void ReadKeys()
    {
        try
        {
            while (true)
            {
                _events.Add(ExplorerKey.Of(Console.ReadKey(intercept: true)));
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException)
        {
            // The terminal is gone.
            _events.TryAdd(new ExplorerKey(ConsoleKey.C, '\0', Control: true));
        }
    }

    private void Take()
    {
        lock (_screen)
        {
            _isTaken = true;
            _shown = null;
            Send("\e[?1049h\e[?25l\e[2J");
        }
    }

    private void Release()
    {
        lock (_screen)
        {
            if (_isTaken)
            {
                _isTaken = false;
                Send("\e[0m\e[?25h\e[?1049l");
            }
        }
    }

    private void Suspend()
    {
        Release();
        _continued.Reset();

        // The signal stops whichever thread it finds: this one may run on a little, and waits where it does no harm.
        _ = Kill(Environment.ProcessId, OperatingSystem.IsMacOS() ? StopSignalOnMac : StopSignal);
        _continued.Wait();
        Take();
    }

    private void Draw()
    {
        (int width, int height) = (Math.Max(1, Console.WindowWidth), Math.Max(1, Console.WindowHeight));
        Grid grid = ExplorerDrawing.Draw(_explorer, width, height);
        lock (_screen)
        {
            bool isWhole = _shown is null || _shown.Width != width || _shown.Height != height;
            StringBuilder text = new("\e[?2026h");
            text.Append(isWhole ? "\e[0m\e[2J" : "");
            for (int y = 0; y < height; y++)
            {
                if (isWhole || !IsSame(_shown!, grid, y))
                {
                    Append(text, grid, y);
                }
            }

            Send(text.Append("\e[?2026l").ToString());
            _shown = grid;
        }
    }

    private static bool IsSame(Grid one, Grid other, int y)
    {
        for (int x = 0; x < one.Width; x++)
        {
            if (one[x, y] != other[x, y])
            {
                return false;
            }
        }

        return true;
    }

    private void Append(StringBuilder text, Grid grid, int y)
    {
        text.Append(CultureInfo.InvariantCulture, $"\e[{y + 1};1H\e[0m\e[2K");
        string last = "";
        int end = grid.Width;
        while (end > 0 && grid[end - 1, y] is (' ', _, false))
        {
            end--;
        }

        for (int x = 0; x < end; x++)
        {
            (char character, Style style, bool isMarked) = grid[x, y];
            string escape = $"\e[0m{(_usesColor ? StyledWriter.Escape(style) : "")}{(isMarked ? "\e[7m" : "")}";
            if (escape != last)
            {
                text.Append(escape);
                last = escape;
            }

            text.Append(character);
        }
    }

    /// <summary>OSC 52, which terminals obey over ssh as well; tmux keeps a copy where it is asked to.</summary>
    private void Copy()
    {
        if (_explorer.Copied is not { } copied)
        {
            return;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(copied);
        lock (_screen)
        {
            Send($"\e]52;c;{Convert.ToBase64String(bytes)}\a");
        }

        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TMUX")))
        {
            CopyToTmux(bytes);
        }
    }

    private static void CopyToTmux(byte[] bytes)
    {
        try
        {
            using Process? tmux = Process.Start(new ProcessStartInfo("tmux", ["load-buffer", "-w", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });
            tmux?.StandardInput.BaseStream.Write(bytes);
            tmux?.StandardInput.Close();
            if (tmux?.WaitForExit(5000) == false)
            {
                // A copy that comes late would come over the next one.
                tmux.Kill();
            }
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            // Without tmux in PATH the terminal's own copy is all there is.
        }
    }

    private void Send(string text)
    {
        _output.Write(Encoding.UTF8.GetBytes(text));
        _output.Flush();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
