using System.Globalization;

namespace ClosureScan.Cli.Rendering;

/// <summary>What the two output streams can show: colour, width, a line that is rewritten.</summary>
/// <param name="Color">Whether styles are written as ANSI escapes.</param>
/// <param name="Width">Columns to wrap prose at; file names and store paths are never broken.</param>
internal sealed record Terminal(bool Color, int Width)
{
    /// <summary>The width that a report is laid out for where nobody tells.</summary>
    public const int DefaultWidth = 80;

    /// <summary>The least that a report can be laid out for.</summary>
    public const int LeastWidth = 40;

    /// <summary>The most.</summary>
    public const int MostWidth = 1000;

    private const int WidestProse = 120;

    /// <summary>Looks at standard output: what the call says wins over NO_COLOR, that over FORCE_COLOR, and that over the terminal.</summary>
    public static Terminal ForOutput(ColorMode color = ColorMode.Auto, int? width = null) =>
        new(UsesColor(color, Console.IsOutputRedirected), width ?? (Console.IsOutputRedirected ? ToldWidth() : WindowWidth()));

    /// <summary>Looks at standard error.</summary>
    public static Terminal ForError() =>
        new(UsesColor(ColorMode.Auto, Console.IsErrorRedirected), Console.IsErrorRedirected ? DefaultWidth : WindowWidth());

    private static bool UsesColor(ColorMode color, bool redirected)
    {
        if (color != ColorMode.Auto)
        {
            return color == ColorMode.Always;
        }

        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
        {
            return false;
        }

        string? force = Environment.GetEnvironmentVariable("FORCE_COLOR");
        return !string.IsNullOrEmpty(force) ? force != "0" : !redirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
    }

    /// <summary>What COLUMNS says of the terminal that a pipe leads to.</summary>
    private static int ToldWidth() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns is >= LeastWidth and <= MostWidth ? columns : DefaultWidth;

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth is > 20 and var width ? Math.Min(width, WidestProse) : DefaultWidth;
        }
        catch (IOException)
        {
            return DefaultWidth;
        }
    }
}
