using System.Collections.Immutable;
using System.Text.Json;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Derivations;

/// <summary>Reads out of a derivation's file what it says of machines and inputs.</summary>
internal static class RecordedBuildReader
{
    /// <summary>What a derivation with structured attributes keeps its variables in.</summary>
    private const string Structured = "__json";

    private const string Flags = "configureFlags";

    /// <summary>Reads a file; null when it is malformed, names no host, or builds other paths.</summary>
    /// <param name="derivation">The derivation's path.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="output">The path that it is to have built. An output whose path the derivation does not know is taken for it.</param>
    public static RecordedBuild? Read(StorePath derivation, ReadOnlySpan<byte> file, StorePath output)
    {
        // Most derivations of a native system name none, and need not be taken apart.
        if (file.IndexOf("--host="u8) < 0 || DerivationParser.Parse(file) is not { } parsed
            || !parsed.Outputs.Any(path => path.Length == 0 || path == output.ToString()))
        {
            return null;
        }

        List<(string Name, string Value)> variables = [("builder", parsed.Builder)];
        variables.AddRange(parsed.Environment.Where(variable => variable.Key != Structured).OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => (variable.Key, variable.Value)));
        if (parsed.Environment.TryGetValue(Structured, out string? json))
        {
            AddStructured(variables, json);
        }

        string[] flags = [.. variables.Where(variable => variable.Name == Flags).SelectMany(variable => variable.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];
        return Flag(flags, "--host=") is not { } host ? null : new RecordedBuild
        {
            Derivation = derivation,
            Host = host,
            Build = Flag(flags, "--build="),
            Target = Flag(flags, "--target="),
            Inputs = Inputs(variables, derivation.StoreDirectory, parsed.Outputs),
        };
    }

    private static Platform? Flag(string[] flags, string name) =>
        flags.LastOrDefault(flag => flag.StartsWith(name, StringComparison.Ordinal)) is { } flag && Platform.TryParse(flag[name.Length..], out Platform? platform) ? platform : null;

    /// <summary>Structured attributes are what the variables would be: lists stand for words.</summary>
    private static void AddStructured(List<(string Name, string Value)> variables, string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                variables.AddRange(document.RootElement.EnumerateObject().Select(attribute => (attribute.Name, attribute.Value.ValueKind == JsonValueKind.Array
                    ? string.Join(' ', attribute.Value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : item.GetRawText()))
                    : attribute.Value.ValueKind == JsonValueKind.String ? attribute.Value.GetString()! : attribute.Value.GetRawText())));
            }
        }
        catch (JsonException)
        {
            // The other variables tell what they tell.
        }
    }

    private static ImmutableArray<RecordedInput> Inputs(List<(string Name, string Value)> variables, string storeDirectory, ImmutableArray<string> outputs)
    {
        HashSet<string> own = [.. outputs];
        HashSet<RecordedInput> inputs = [];
        string prefix = storeDirectory + "/";
        foreach ((string name, string value) in variables)
        {
            for (int at = value.IndexOf(prefix, StringComparison.Ordinal); at >= 0; at = value.IndexOf(prefix, at + prefix.Length, StringComparison.Ordinal))
            {
                ReadOnlySpan<char> rest = value.AsSpan(at + prefix.Length);
                int end = rest.IndexOfAnyExcept(NameCharacters);
                if (StorePath.TryParseBaseName(storeDirectory, end < 0 ? rest : rest[..end], out StorePath? path) && !own.Contains(path.ToString()))
                {
                    inputs.Add(new RecordedInput(path, name));
                }
            }
        }

        return [.. inputs.OrderBy(input => input.Path).ThenBy(input => input.Variable, StringComparer.Ordinal)];
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-._?=");
}
