using System.CommandLine;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan fleet plan|run|work|status|query|export</c>: whole caches, with a ledger that knows what was done.</summary>
internal static class FleetCommand
{
    public static Command Create() => new("fleet", "Scan whole caches into a ledger, and ask it.")
    {
        FleetRunCommand.CreateRun(),
        FleetRunCommand.CreatePlan(),
        FleetRunCommand.CreateWork(),
        FleetStatusCommand.Create(),
        FleetQueryCommand.Create(),
        FleetExportCommand.Create(),
    };
}
