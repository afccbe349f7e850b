namespace ClosureScan.Cli.Commands;

/// <summary>Options that say how many.</summary>
internal static class Limit
{
    /// <summary>Refuses what is below 1.</summary>
    public static int Check(string option, int value) =>
        value >= 1 ? value : throw CommandException.Usage($"{option} {value}: expected a number of 1 or more.");
}
