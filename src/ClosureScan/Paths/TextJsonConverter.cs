using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClosureScan.Paths;

/// <summary>A value that is one string in JSON, as a key of an object too. Without reflection, so that source-generated contexts can use it.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public abstract class TextJsonConverter<T> : JsonConverter<T>
    where T : notnull
{
    /// <summary>The value as the reports spell it.</summary>
    protected abstract string ToText(T value);

    /// <summary>The value of a text. False when it is none.</summary>
    protected abstract bool TryParse(string text, out T? value);

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Parse(reader.GetString()!) : throw new JsonException($"Expected a string for {typeof(T).Name}.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(ToText(value));
    }

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString()!);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(ToText(value));
    }

    private T Parse(string text) => TryParse(text, out T? value) ? value! : throw new JsonException($"\"{text}\" is no {typeof(T).Name}.");
}
