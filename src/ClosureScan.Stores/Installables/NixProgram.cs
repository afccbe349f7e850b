using System.ComponentModel;
using System.Diagnostics;

namespace ClosureScan.Stores.Installables;

/// <summary>Runs the user's own <c>nix</c>: its standard output is ours, its standard error the user's, as it is.</summary>
internal static class NixProgram
{
    /// <summary>Runs it to its end. When cancelled it ends with all that it started.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="isQuiet">Whether what it says on standard error is nobody's business: where its failure is an answer.</param>
    /// <returns>Its exit code and standard output.</returns>
    /// <exception cref="StoreException">There is no nix here.</exception>
    public static async Task<(int ExitCode, byte[] Output)> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken, bool isQuiet = false)
    {
        ProcessStartInfo start = new("nix", arguments) { RedirectStandardOutput = true, RedirectStandardError = isQuiet };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new StoreException($"There is no nix in PATH, which an installable needs: {exception.Message} Name a store path, or a saved report.", exception);
        }

        using (process)
        {
            try
            {
                using MemoryStream output = new();
                Task said = isQuiet ? process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken) : Task.CompletedTask;
                await process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken).ConfigureAwait(false);
                await said.ConfigureAwait(false);
                await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
                return (process.ExitCode, output.ToArray());
            }
            catch (OperationCanceledException)
            {
                // Builds that a daemon runs are the daemon's, which ends them when its client hangs up.
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
    }
}
