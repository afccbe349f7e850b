using System.Collections.Immutable;
using System.Text.Json;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Roots;

/// <summary>
/// The lines that nix-eval-jobs prints: one JSON object an attribute, with <c>outputs</c> (name to store path) or an <c>error</c>. The
/// paths need not be built yet.
/// </summary>
internal static class EvaluationLines
{
    /// <summary>Reads all lines.</summary>
    /// <param name="lines">JSON Lines.</param>
    /// <param name="file">What to call them in messages.</param>
    /// <exception cref="RootListException">A line is no JSON object of an attribute, or there is none at all.</exception>
    public static RootList Read(TextReader lines, string file)
    {
        ArgumentNullException.ThrowIfNull(lines);
        List<NamedRoot> roots = [];
        List<ScanProblem> problems = [];
        int number = 0;
        while (lines.ReadLine() is { } line)
        {
            number++;
            if (line.AsSpan().IsWhiteSpace())
            {
                continue;
            }

            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                ReadAttribute(document.RootElement, roots, problems);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                throw new RootListException(file, number, $"Expected an attribute as nix-eval-jobs prints it, {{\"attr\": …, \"outputs\": …}}: {exception.Message}");
            }
        }

        return roots.Count == 0 && problems.Count == 0
            ? throw new RootListException(file, 0, "It lists no attribute.")
            : new RootList([.. roots.OrderBy(root => root.Name, StringComparer.Ordinal)], [.. problems]);
    }

    private static void ReadAttribute(JsonElement element, List<NamedRoot> roots, List<ScanProblem> problems)
    {
        string name = element.GetProperty("attr").GetString() ?? throw new FormatException("\"attr\" is null.");
        if (element.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.String)
        {
            problems.Add(new ScanProblem(name, $"it could not be evaluated: {FirstLine(error.GetString()!)}"));
            return;
        }

        foreach (JsonProperty output in element.GetProperty("outputs").EnumerateObject())
        {
            string label = output.NameEquals("out") ? name : $"{name}.{output.Name}";
            if (output.Value.GetString() is { } path)
            {
                roots.Add(new NamedRoot(label, StorePath.Parse(path)));
            }
            else
            {
                problems.Add(new ScanProblem(label, "its path is not known before it is built"));
            }
        }
    }

    private static string FirstLine(string text) => text.AsSpan().Trim().ToString().Split('\n')[0];
}
