using System.Text.Json;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Reports;

/// <summary>A value of a saved report that knows where it stands, so that every complaint names the place.</summary>
internal readonly record struct ReportElement(JsonElement Value, string Location)
{
    public ReportElement Member(string name) =>
        Value.ValueKind == JsonValueKind.Object
            ? Value.TryGetProperty(name, out JsonElement member) ? new ReportElement(member, At(name)) : throw new ReportFormatException(At(name), "is missing.")
            : throw Wrong("an object");

    public ReportElement? Optional(string name) =>
        Value.ValueKind == JsonValueKind.Object && Value.TryGetProperty(name, out JsonElement member) ? new ReportElement(member, At(name)) : null;

    public IEnumerable<ReportElement> Items()
    {
        if (Value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong("an array");
        }

        string location = Location;
        return Value.EnumerateArray().Select((item, index) => new ReportElement(item, $"{location}[{index}]"));
    }

    public string Text() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Wrong("a string");

    public long Size() => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt64(out long size) && size >= 0 ? size : throw Wrong("a number of bytes");

    public StorePath Path() => StorePath.TryParse(Text(), out StorePath? path) ? path : throw Wrong("a store path");

    public Platform Platform() => Platforms.Platform.TryParse(Text(), out Platform? platform) ? platform : throw Wrong("a system");

    public ReportFormatException Wrong(string expected) => new(Location, $"expected {expected}; found {Clip(Value.GetRawText())}.");

    private static string Clip(string text) => text.Length > 60 ? text[..60] + "…" : text;

    private string At(string name) => Location.Length == 0 ? name : $"{Location}.{name}";
}
