using ClosureScan.Analysis;

namespace ClosureScan.Cli.Commands;

/// <summary>A closure of which as much speaks for one host as for another is not judged: whichever was guessed, half of it would be wrong.</summary>
internal static class UnknownHost
{
    /// <summary>Ends the command where the host is torn. One that nothing tells of is left alone: nothing in it can be foreign.</summary>
    /// <exception cref="CommandException">As much speaks for one host as for another.</exception>
    public static void Refuse(ClosureReport report)
    {
        if (report.Host is null && !report.HostFrom.Evidence.IsEmpty)
        {
            throw CommandException.Usage($"The host cannot be told: as much speaks for one platform as for another ({string.Join("; ", report.HostFrom.Evidence)}). Say which with --host SYSTEM.");
        }
    }
}
