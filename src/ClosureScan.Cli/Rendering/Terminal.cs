namespace ClosureScan.Cli.Rendering;

/// <summary>What the two output streams can show: colour, width, a line that is rewritten.</summary>
/// <param name="Color">Whether styles are written as ANSI escapes.</param>
/// <param name="Width">Columns to wrap prose at; file names and store paths are never broken.</param>
internal sealed record Terminal(bool Color, int Width)
{
    /// <summary>The width that a report is laid out for where nobody tells.</summary>
    public const int DefaultWidth = 80;

    private const int WidestProse = 100;

    /// <summary>Looks at standard output: NO_COLOR wins over FORCE_COLOR, and that over the terminal.</summary>
    public static Terminal ForOutput(bool noColor) =>
        new(UsesColor(noColor, Console.IsOutputRedirected), Console.IsOutputRedirected ? DefaultWidth : WindowWidth());

    /// <summary>Looks at standard error.</summary>
    public static Terminal ForError(bool noColor) =>
        new(UsesColor(noColor, Console.IsErrorRedirected), Console.IsErrorRedirected ? DefaultWidth : WindowWidth());

    private static bool UsesColor(bool noColor, bool redirected)
    {
        if (noColor || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
        {
            return false;
        }

        string? force = Environment.GetEnvironmentVariable("FORCE_COLOR");
        return !string.IsNullOrEmpty(force) ? force != "0" : !redirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
    }

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
