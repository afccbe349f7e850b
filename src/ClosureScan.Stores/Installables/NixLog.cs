using System.Text;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Installables;

/// <summary>What building a store path printed, by the user's own <c>nix log</c>: from the local logs, or from a substituter that keeps them.</summary>
internal static class NixLog
{
    /// <summary>Asks for the log of one path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="store">The store that may have it, as Nix writes its URI; null for Nix's own choice.</param>
    /// <param name="cancellationToken">Ends Nix.</param>
    /// <returns>Null where nobody has it.</returns>
    /// <exception cref="StoreException">There is no nix.</exception>
    public static async Task<string?> FindAsync(StorePath path, string? store = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        IEnumerable<string> from = store is null ? [] : ["--store", store];
        (int exitCode, byte[] output) = await NixProgram.RunAsync(
            ["--extra-experimental-features", "nix-command", "log", .. from, "--", path.ToString()], cancellationToken, isQuiet: true).ConfigureAwait(false);
        return exitCode == 0 && output.Length > 0 ? Encoding.UTF8.GetString(output) : null;
    }
}
