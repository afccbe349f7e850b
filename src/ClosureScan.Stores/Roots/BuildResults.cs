using System.Collections.Immutable;
using System.Text.Json;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Roots;

/// <summary>What <c>nix build --json</c> prints: of each installable a path, or the outputs of a derivation by their names. The paths need not be built yet.</summary>
internal static class BuildResults
{
    /// <summary>Reads all.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <exception cref="RootListException">It is no such JSON, or lists nothing.</exception>
    public static RootList Read(ReadOnlyMemory<byte> json, string file)
    {
        ImmutableArray<NamedRoot>.Builder roots = ImmutableArray.CreateBuilder<NamedRoot>();
        ImmutableArray<ScanProblem>.Builder problems = ImmutableArray.CreateBuilder<ScanProblem>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            foreach (JsonElement element in document.RootElement.EnumerateArray())
            {
                if (element.ValueKind == JsonValueKind.String || element.TryGetProperty("path", out _))
                {
                    StorePath path = StorePath.Parse((element.ValueKind == JsonValueKind.String ? element : element.GetProperty("path")).GetString()!);
                    roots.Add(new NamedRoot(path.Name, path));
                    continue;
                }

                foreach (JsonProperty output in element.GetProperty("outputs").EnumerateObject())
                {
                    if (output.Value.GetString() is { } text)
                    {
                        StorePath path = StorePath.Parse(text);
                        roots.Add(new NamedRoot(path.Name, path));
                    }
                    else
                    {
                        problems.Add(new ScanProblem($"{element.GetProperty("drvPath").GetString()}^{output.Name}", "its path is not known before it is built"));
                    }
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new RootListException(file, 1, $"Expected what nix build --json prints, [{{\"drvPath\": …, \"outputs\": …}}]: {exception.Message}");
        }

        return roots.Count + problems.Count > 0
            ? new RootList([.. roots.DistinctBy(root => root.Path).OrderBy(root => root.Path)], problems.ToImmutable())
            : throw new RootListException(file, 1, "It lists nothing.");
    }
}
