using System.Globalization;

namespace ClosureScan.Analysis.Policy;

/// <summary>A mapping with known keys, and readers for the kinds of values they take. Every error names its place.</summary>
internal sealed class YamlFields
{
    private readonly string _file;
    private readonly YamlMapping _mapping;
    private readonly Dictionary<string, YamlValue> _values = new(StringComparer.Ordinal);

    /// <summary>Checks that <paramref name="value"/> is a mapping and that all its keys are known.</summary>
    /// <param name="file">What to call the file.</param>
    /// <param name="value">The value.</param>
    /// <param name="what">What to call the mapping.</param>
    /// <param name="known">The keys it may have.</param>
    public YamlFields(string file, YamlValue value, string what, IReadOnlyCollection<string> known)
    {
        _file = file;
        _mapping = value as YamlMapping
            ?? throw YamlTree.Error(file, value.Start, $"Expected {what} as \"key: value\" lines. {NearestName.Suggest("", known)}");
        foreach ((YamlScalar key, YamlValue item) in _mapping.Entries)
        {
            if (!known.Contains(key.Text))
            {
                throw YamlTree.Error(file, key.Start, $"Unknown key \"{key.Text}\" in {what}. {NearestName.Suggest(key.Text, known)}");
            }

            _values.Add(key.Text, item);
        }
    }

    /// <summary>The line the mapping begins in.</summary>
    public int Line => (int)_mapping.Start.Line;

    /// <summary>The keys that are there.</summary>
    public IEnumerable<string> Names => _values.Keys;

    public PolicyFormatException Error(string problem) => YamlTree.Error(_file, _mapping.Start, problem);

    public PolicyFormatException Error(string key, string problem) => YamlTree.Error(_file, _values[key].Start, problem);

    public YamlValue? Value(string key) => _values.GetValueOrDefault(key);

    /// <summary>Text; null when the key is not there.</summary>
    public string? Text(string key) => Value(key) switch
    {
        null => null,
        YamlScalar { Text.Length: > 0 } scalar => scalar.Text,
        { } other => throw Error(key, $"Expected text for \"{key}\"; found {Kind(other)}."),
    };

    public string RequiredText(string key, string advice) =>
        Text(key) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : throw Error($"A \"{key}\" is missing: {advice}.");

    public IReadOnlyList<YamlValue> List(string key) => Value(key) switch
    {
        null => [],
        YamlSequence sequence => sequence.Items,
        { } other => throw Error(key, $"Expected a list for \"{key}\", lines that begin with a dash; found {Kind(other)}."),
    };

    public GlobPattern? Glob(string key) => Text(key) is { } text ? GlobPattern.Parse(text) : null;

    /// <summary>One of a few words.</summary>
    public T Word<T>(string key, T absent, params ReadOnlySpan<(string Name, T Value)> words)
    {
        if (Value(key) is not { } given)
        {
            return absent;
        }

        string? text = (given as YamlScalar)?.Text;
        List<string> names = [];
        foreach ((string name, T value) in words)
        {
            if (name == text)
            {
                return value;
            }

            names.Add(name);
        }

        throw Error(key, text is { Length: > 0 }
            ? $"Unknown value \"{text}\" for \"{key}\". {NearestName.Suggest(text, names)}"
            : $"Expected a word for \"{key}\"; found {Kind(given)}. {NearestName.Suggest("", names)}");
    }

    public DateOnly? Date(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw Error(key, $"\"{text}\" is no date: write year-month-day, 2027-01-31.");
    }

    public long? Size(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        return SizeText.TryParse(text, out long bytes) ? bytes : throw Error(key, $"\"{text}\" is no size: write 300 MiB, 1.5 GB or a number of bytes.");
    }

    public double Percent(string key)
    {
        string text = Text(key)!;
        return double.TryParse(text.AsSpan().TrimEnd('%').Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent) && double.IsFinite(percent)
            ? percent
            : throw Error(key, $"\"{text}\" is no percentage: write 5% or 2.5%.");
    }

    private static string Kind(YamlValue value) => value switch
    {
        YamlSequence => "a list",
        YamlMapping => "\"key: value\" lines",
        YamlScalar { Text: "" } => "nothing",
        _ => "text",
    };
}
