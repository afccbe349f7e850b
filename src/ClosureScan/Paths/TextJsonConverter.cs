using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClosureScan.Paths;

/// <summary>A value that is one string in JSON, as a key of an object too. Without reflection, so that source-generated contexts can use it.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class TextJsonConverter<T> : JsonConverter<T>
    where T : IParsable<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Parse(reader.GetString()!) : throw new JsonException($"Expected a string for {typeof(T).Name}.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString()!);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.ToString()!);
    }

    private static T Parse(string text) =>
        T.TryParse(text, CultureInfo.InvariantCulture, out T? value) ? value : throw new JsonException($"\"{text}\" is no {typeof(T).Name}.");
}
