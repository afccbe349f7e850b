using System.CommandLine;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Fleet.Queries;

namespace ClosureScan.Cli.Commands;

/// <summary><c>fleet export FOLDER</c>: a ledger's tables as files.</summary>
internal static class FleetExportCommand
{
    public static Command Create()
    {
        FleetOptions options = new();
        Argument<string> folder = new("FOLDER") { Description = "Where to, a file a table; made where there is none." };
        Command command = new("export", $"Write the ledger's tables as CSV, each in a fixed order: {string.Join(", ", LedgerTable.All.Select(table => table.Name))}. Ledgers that say the same give the same files.") { folder };
        options.AddLedgerTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            string target = result.GetValue(folder)!;
            await using Ledger ledger = await options.OpenLedgerAsync(result, mustExist: true, cancellationToken).ConfigureAwait(false);
            Directory.CreateDirectory(target);
            foreach (LedgerTable table in LedgerTable.All)
            {
                string file = Path.Combine(target, table.Name + ".csv");
                string temporary = $"{file}.{Environment.ProcessId}.tmp";
                try
                {
                    await using (StreamWriter writer = new(temporary))
                    {
                        await LedgerExport.RunAsync(ledger, table, row => QueryFormats.WriteLine(writer, row), cancellationToken).ConfigureAwait(false);
                    }

                    File.Move(temporary, file, overwrite: true);
                }
                finally
                {
                    File.Delete(temporary);
                }
            }

            return ExitCode.Clean;
        });
        return command;
    }
}
