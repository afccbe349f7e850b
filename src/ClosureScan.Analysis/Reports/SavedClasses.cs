using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Comparing.Classes;
using ClosureScan.Analysis.Comparing.Fingerprints;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports;

/// <summary>Reads manifests that <see cref="ClassesJson"/> wrote.</summary>
public static class SavedClasses
{
    /// <summary>Reads one.</summary>
    /// <exception cref="ReportFormatException">It is no such manifest; the message names the member.</exception>
    public static ClosureClasses Read(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        try
        {
            using JsonDocument document = JsonDocument.Parse(input);
            JsonElement root = document.RootElement;
            string schema = Text(root, "schema");
            string algorithm = Text(root, "algorithm");
            return schema != ClassesJson.Schema ? throw new ReportFormatException("schema", $"is {schema}, not {ClassesJson.Schema}.")
                : !ClassAlgorithms.TryParse(algorithm, out ClassAlgorithm known) ? throw new ReportFormatException("algorithm", $"{algorithm} is none that is known.")
                : new ClosureClasses { Algorithm = known, Cross = ReadSide(root, "cross"), Native = ReadSide(root, "native") };
        }
        catch (JsonException exception)
        {
            throw new ReportFormatException("the document", $"is no JSON: {exception.Message}");
        }
    }

    private static ComparedClosure ReadSide(JsonElement root, string name)
    {
        JsonElement side = Member(root, name, JsonValueKind.Object);
        ImmutableArray<PathClass> classes = [.. Member(side, "paths", JsonValueKind.Array).EnumerateArray().Select(ReadPath)];
        HashSet<StorePath> paths = [.. classes.Select(item => item.Info.Path)];
        ImmutableArray<StorePath> roots = ReadPaths(side, "roots");
        foreach (PathClass item in classes)
        {
            if (item.Fingerprint is { } fingerprint && fingerprint.Contents.Targets.Any(target => target < 0 || target >= classes.Length))
            {
                throw new ReportFormatException("targets", $"of {item.Info.Path} name a path that is not there.");
            }
        }

        return paths.Count != classes.Length ? throw new ReportFormatException("paths", "has a path twice.")
            : roots.Any(path => !paths.Contains(path)) ? throw new ReportFormatException("roots", "has a path that is not among the paths.")
            : new ComparedClosure { Location = Text(side, "store"), Roots = roots, Paths = [.. classes.Select(item => item.Info)], Classes = classes };
    }

    private static PathClass ReadPath(JsonElement path) => new()
    {
        Info = new PathInfo
        {
            Path = ReadPath(path, "path"),
            References = ReadPaths(path, "references"),
            NarHash = path.TryGetProperty("narHash", out JsonElement hash) && NarHash.TryParse(hash.GetString(), out NarHash known) ? known : null,
        },
        Class = ReadPath(path, "class"),
        Level = path.TryGetProperty("level", out JsonElement level) && ComparisonLevels.TryParse(level.GetString(), out ComparisonLevel found) ? found : null,
        Counterpart = path.TryGetProperty("counterpart", out _) ? ReadPath(path, "counterpart") : null,
        Masks = [.. Member(path, "masks", JsonValueKind.Array).EnumerateArray().Select(mask => mask.GetString() ?? "")],
        Fingerprint = path.TryGetProperty("contents", out JsonElement contents) ? ReadContents(contents) : null,
    };

    private static PathFingerprint ReadContents(JsonElement contents)
    {
        string targets = Text(contents, "targets");
        ImmutableArray<int> indices =
        [
            .. targets.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : throw new ReportFormatException("targets", $"{text} is no number.")),
        ];
        Machine? machine = contents.TryGetProperty("machine", out JsonElement text) ? Machine.Parse(text.GetString() ?? "") : null;
        return new PathFingerprint(null, new ContentDigest(ReadDigest(contents, "bare"), ReadDigest(contents, "named"), indices), machine);
    }

    private static Digest ReadDigest(JsonElement contents, string name)
    {
        Span<byte> bytes = stackalloc byte[Digest.Length];
        string text = Text(contents, name);
        return text.Length == 2 * Digest.Length && Convert.FromHexString(text, bytes, out _, out int written) == System.Buffers.OperationStatus.Done && written == bytes.Length
            ? new Digest(bytes)
            : throw new ReportFormatException(name, "is no SHA-256 in hexadecimal digits.");
    }

    private static ImmutableArray<StorePath> ReadPaths(JsonElement element, string name) =>
        [.. Member(element, name, JsonValueKind.Array).EnumerateArray().Select(item => Parse(item.ValueKind == JsonValueKind.String ? item.GetString()! : "", name))];

    private static StorePath ReadPath(JsonElement element, string name) => Parse(Text(element, name), name);

    private static StorePath Parse(string text, string name) =>
        StorePath.TryParse(text, out StorePath? path) ? path : throw new ReportFormatException(name, $"\"{text}\" is no store path.");

    private static string Text(JsonElement element, string name) => Member(element, name, JsonValueKind.String).GetString()!;

    private static JsonElement Member(JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member) && member.ValueKind == kind
            ? member
            : throw new ReportFormatException(name, "is missing, or of another type.");
}
