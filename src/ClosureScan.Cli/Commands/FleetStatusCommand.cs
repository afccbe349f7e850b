using System.CommandLine;
using ClosureScan.Cli.Rendering;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Fleet.Queries;

namespace ClosureScan.Cli.Commands;

/// <summary><c>fleet status</c>: how far a ledger is.</summary>
internal static class FleetStatusCommand
{
    public static Command Create()
    {
        FleetOptions options = new();
        Option<string> format = new("--format") { Description = "What to print: text, json or openmetrics.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "openmetrics");
        Command command = new("status", "Tell what is done and what is left, how fast it goes, and what could not be read.") { format };
        options.AddLedgerTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            await using Ledger ledger = await options.OpenLedgerAsync(result, mustExist: true, cancellationToken).ConfigureAwait(false);
            FleetStatus status = await FleetStatus.ReadAsync(ledger, cancellationToken).ConfigureAwait(false);
            StandardOutput.WriteWhileRead(() =>
            {
                using Stream output = StandardOutput.Open();
                using BufferedStream buffered = new(output, 16 * 1024);
                switch (result.GetValue(format))
                {
                    case "json":
                        StatusFormats.WriteJson(status, buffered, ProgramVersion.Text);
                        break;
                    case "openmetrics":
                        ReportOutput.Text(writer => StatusFormats.WriteMetrics(status, writer))(buffered);
                        break;
                    default:
                        ReportOutput.Text(writer => FleetText.Write(status, new StyledWriter(writer, Terminal.ForOutput())))(buffered);
                        break;
                }
            });
            return status.IsWhole ? ExitCode.Clean : ExitCode.Incomplete;
        });
        return command;
    }
}
