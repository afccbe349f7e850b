using System.Collections.Immutable;
using System.Text.Json;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Metadata;

/// <summary>
/// Reads what <c>nix path-info --json</c> prints, in all its dialects: an array (Nix up to 2.18, Lix), an object by path (2.19 and
/// later), the versioned forms with base names (<c>--json-format 2</c> and later); and the arrays that a derivation with structured
/// attributes finds in <c>.attrs.json</c>.
/// </summary>
internal sealed class PathInfoJson
{
    private readonly string _file;
    private readonly StorePathPool _paths;
    private readonly List<PathInfo> _infos = [];

    private PathInfoJson(string file, string storeDirectory)
    {
        _file = file;
        _paths = new StorePathPool(storeDirectory);
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="key">Which array of <c>.attrs.json</c>; null for all else.</param>
    /// <exception cref="StoreException">It is no JSON, or of no known dialect.</exception>
    public static IReadOnlyList<PathInfo> Parse(ReadOnlyMemory<byte> json, string file, string? key)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            if (key is not null)
            {
                root = root.ValueKind == JsonValueKind.Object && root.TryGetProperty(key, out JsonElement found)
                    ? found
                    : throw new StoreException($"{file}: there is no \"{key}\".");
            }

            bool versioned = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("version", out _);
            string store = versioned && root.TryGetProperty("storeDir", out JsonElement directory) && directory.GetString() is { } named
                ? named
                : StorePath.DefaultStoreDirectory;
            PathInfoJson reader = new(file, store);
            reader.ReadAll(versioned ? root.GetProperty("info") : root);
            return reader._infos;
        }
        catch (JsonException exception)
        {
            throw new StoreException(
                $"{file}: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}: no JSON. Make it anew with: nix path-info --json --recursive PATH > {file}", exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new StoreException($"{file} is JSON, but not as nix path-info --json prints it: {exception.Message}", exception);
        }
    }

    private void ReadAll(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in root.EnumerateArray())
            {
                Read(item.GetProperty("path").GetString() ?? "", item);
            }
        }
        else
        {
            foreach (JsonProperty item in root.EnumerateObject())
            {
                Read(item.Name, item.Value);
            }
        }
    }

    private void Read(string name, JsonElement item)
    {
        // A path that the store does not have is null, or "valid": false in the oldest form.
        if (item.ValueKind == JsonValueKind.Null
            || (item.TryGetProperty("valid", out JsonElement valid) && valid.ValueKind == JsonValueKind.False))
        {
            return;
        }

        StorePath path = ParsePath(name, name);
        ImmutableArray<StorePath>.Builder references = ImmutableArray.CreateBuilder<StorePath>();
        foreach (JsonElement reference in item.GetProperty("references").EnumerateArray())
        {
            references.Add(ParsePath(reference.GetString() ?? "", name));
        }

        _infos.Add(new PathInfo
        {
            Path = path,
            NarHash = Optional(item, "narHash") is { } hash ? ParseHash(hash, name) : null,
            NarSize = Optional(item, "narSize") is { } size ? ParseSize(size, name) : null,
            References = PathInfoBuilding.Sorted(references),
            Deriver = Optional(item, "deriver") is { } deriver ? ParsePath(deriver.GetString() ?? "", name) : null,
            ContentAddress = Optional(item, "ca") switch
            {
                null => null,
                { ValueKind: JsonValueKind.String } text => text.GetString(),
                { } structured => structured.GetRawText(),
            },
            Signatures = Optional(item, "signatures") is { } signatures ? [.. signatures.EnumerateArray().Select(ReadSignature)] : [],
        });
    }

    /// <summary>A signature as text, or (<c>--json-format 3</c>) as an object of key name and signature.</summary>
    private static string ReadSignature(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? $"{value.GetProperty("keyName").GetString()}:{value.GetProperty("sig").GetString()}"
        : value.GetString() ?? "";

    private static JsonElement? Optional(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A hash as text, or as an object of algorithm, format and hash.</summary>
    private NarHash ParseHash(JsonElement value, string name)
    {
        string? text = value.ValueKind == JsonValueKind.Object ? value.GetProperty("hash").GetString() : value.GetString();
        return NarHash.TryParse(text, out NarHash hash)
            ? hash
            : throw new StoreException($"{_file}: the narHash \"{text}\" of \"{name}\" is no SHA-256.");
    }

    private long ParseSize(JsonElement value, string name) => value.TryGetInt64(out long size) && size >= 0
        ? size
        : throw new StoreException($"{_file}: the narSize {value} of \"{name}\" is no size in bytes.");

    private StorePath ParsePath(string text, string name) =>
        _paths.TryGet(text, out StorePath? path) || _paths.TryGetByBaseName(text, out path)
            ? path
            : throw new StoreException($"{_file}: \"{text}\", in \"{name}\", is no path of {_paths.StoreDirectory}.");
}
