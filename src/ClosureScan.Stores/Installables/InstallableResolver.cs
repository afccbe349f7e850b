using System.Collections.Immutable;
using System.Text.Json;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Installables;

/// <summary>Turns installables into store paths by the user's own <c>nix</c>, version 2.8 or later, or Lix.</summary>
public static class InstallableResolver
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
        List<string> arguments = ["--extra-experimental-features", "nix-command flakes", "build", "--no-link", "--json"];
        if (!builds)
        {
            arguments.Add("--dry-run");
        }

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
        (int exitCode, byte[] output) = await NixProgram.RunAsync(arguments, cancellationToken).ConfigureAwait(false);
        return exitCode == 0
            ? Read(output, installable)
            : throw new UnresolvedPathException($"nix could not {(builds ? "build" : "evaluate")} {installable} (exit code {exitCode}); it says above why.");
    }

    /// <summary>Reads what <c>nix build --json</c> prints: of each installable a path, or the outputs of a derivation by their names.</summary>
    internal static ImmutableArray<StorePath> Read(ReadOnlyMemory<byte> json, object installable)
    {
        SortedSet<StorePath> paths = [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            foreach (JsonElement element in document.RootElement.EnumerateArray())
            {
                if (element.ValueKind == JsonValueKind.String || element.TryGetProperty("path", out _))
                {
                    paths.Add(StorePath.Parse((element.ValueKind == JsonValueKind.String ? element : element.GetProperty("path")).GetString()!));
                    continue;
                }

                foreach (JsonProperty output in element.GetProperty("outputs").EnumerateObject())
                {
                    paths.Add(output.Value.GetString() is { } path
                        ? StorePath.Parse(path)
                        : throw new UnresolvedPathException($"The path of the output {output.Name} of {element.GetProperty("drvPath").GetString()} is not known before it is built. Build it: leave --no-build out."));
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new UnresolvedPathException($"nix build --json printed for {installable} what is not known here: {exception.Message}");
        }

        return paths.Count > 0 ? [.. paths] : throw new UnresolvedPathException($"{installable} has no outputs.");
    }
}
