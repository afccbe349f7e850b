using System.Collections.Immutable;
using System.Text;
using ClosureScan.Paths;
using ClosureScan.Stores.Roots;

namespace ClosureScan.Stores.Installables;

/// <summary>Turns installables into store paths by the user's own <c>nix</c>, version 2.8 or later, or Lix.</summary>
internal static class InstallableResolver
{
    /// <summary>Evaluates installables and, unless told otherwise, builds them.</summary>
    /// <param name="installable">What.</param>
    /// <param name="builds">Whether to build; otherwise the paths may not be there.</param>
    /// <param name="cancellationToken">Ends Nix with all that it started.</param>
    /// <returns>The outputs' paths, sorted.</returns>
    /// <exception cref="UnresolvedPathException">Nix failed, having said why itself, or a path is not known before it is built.</exception>
    /// <exception cref="StoreException">There is no nix.</exception>
    public static async Task<ImmutableArray<StorePath>> ResolveAsync(Installable installable, bool builds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(installable);
        string[] command = builds ? ["build", "--no-link", "--json"] : ["build", "--no-link", "--json", "--dry-run"];
        (int exitCode, byte[] output) = await NixProgram.RunAsync(Arguments(command, installable), cancellationToken).ConfigureAwait(false);
        return exitCode == 0
            ? Read(output, installable)
            : throw new UnresolvedPathException($"nix could not {(builds ? "build" : "evaluate")} {installable} (exit code {exitCode}); it says above why.");
    }

    /// <summary>Evaluates installables to their derivations, and builds nothing.</summary>
    /// <param name="installable">What.</param>
    /// <param name="cancellationToken">Ends Nix with all that it started.</param>
    /// <returns>The derivations' paths, sorted.</returns>
    /// <exception cref="UnresolvedPathException">Nix failed, having said why itself, or names no derivation.</exception>
    /// <exception cref="StoreException">There is no nix.</exception>
    public static async Task<ImmutableArray<StorePath>> ResolveDerivationsAsync(Installable installable, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(installable);
        (int exitCode, byte[] output) = await NixProgram.RunAsync(Arguments(["path-info", "--derivation"], installable), cancellationToken).ConfigureAwait(false);
        SortedSet<StorePath> paths = [];
        foreach (string line in Encoding.UTF8.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (StorePath.TryParse(line.Split('^')[0].Trim(), out StorePath? path))
            {
                paths.Add(path);
            }
        }

        return exitCode != 0 ? throw new UnresolvedPathException($"nix could not evaluate {installable} (exit code {exitCode}); it says above why.")
            : paths.Count == 0 ? throw new UnresolvedPathException($"nix names no derivation of {installable}.")
            : [.. paths];
    }

    private static List<string> Arguments(IEnumerable<string> command, Installable installable)
    {
        List<string> arguments = ["--extra-experimental-features", "nix-command flakes", .. command];
        if (installable.File is { } file)
        {
            arguments.AddRange(["--file", file]);
        }

        if (installable.Expression is { } expression)
        {
            // Without it an expression may not touch files, which is what one is mostly written for.
            arguments.AddRange(["--impure", "--expr", expression]);
        }

        // What follows is never an option.
        arguments.AddRange(["--", .. installable.Names]);
        return arguments;
    }

    private static ImmutableArray<StorePath> Read(byte[] json, Installable installable)
    {
        try
        {
            RootList list = BuildResults.Read(json, $"nix build --json {installable}");
            return list.Problems is [var problem, ..]
                ? throw new UnresolvedPathException($"{problem.Path}: {problem.Message}. Build it: leave --no-build out.")
                : [.. list.Roots.Select(root => root.Path)];
        }
        catch (RootListException exception)
        {
            throw new UnresolvedPathException(exception.Message, exception);
        }
    }
}
