using System.Runtime.CompilerServices;
using System.Text.Json;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Reports;

/// <summary>A value of a saved report that knows where it stands, so that every complaint names the place.</summary>
internal readonly record struct ReportElement(JsonElement Value, string Location, StrongBox<long> Total)
{
    public ReportElement Member(string name) =>
        Value.ValueKind == JsonValueKind.Object
            ? TryFind(name, out JsonElement member) ? new ReportElement(member, At(name), Total) : throw new ReportFormatException(At(name), "is missing.")
            : throw Wrong("an object");

    public ReportElement? Optional(string name) =>
        Value.ValueKind == JsonValueKind.Object && TryFind(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? new ReportElement(member, At(name), Total) : null;

    public IEnumerable<ReportElement> Items()
    {
        if (Value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong("an array");
        }

        string location = Location;
        StrongBox<long> total = Total;
        return Value.EnumerateArray().Select((item, index) => new ReportElement(item, $"{location}[{index}]", total));
    }

    public string Text() => Value.ValueKind == JsonValueKind.String ? Decode() : throw Wrong("a string");

    /// <summary>A size or count. All of a report's together are at most 2^63-1, so that no sum of some of them overflows.</summary>
    public long Size()
    {
        if (Value.ValueKind != JsonValueKind.Number || !Value.TryGetInt64(out long size) || size < 0 || size > long.MaxValue - Total.Value)
        {
            throw Wrong("a number of bytes");
        }

        Total.Value += size;
        return size;
    }

    /// <summary>A line or column.</summary>
    public int Number() => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out int number) && number >= 0 ? number : throw Wrong("a number");

    public StorePath Path() => StorePath.TryParse(Text(), out StorePath? path) ? path : throw Wrong("a store path");

    public Platform Platform() => Platforms.Platform.TryParse(Text(), out Platform? platform) ? platform : throw Wrong("a system");

    public ReportFormatException Wrong(string expected) => new(Location, $"expected {expected}; found {Clip(Value.GetRawText())}.");

    /// <summary>The member, where every member's name is text: half of a surrogate pair in any is met by whoever looks for one.</summary>
    private bool TryFind(string name, out JsonElement member)
    {
        try
        {
            return Value.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException)
        {
            throw new ReportFormatException(Location, "the name of a member is no Unicode text.");
        }
    }

    /// <summary>The string, if it is text: neither bytes that are no UTF-8 nor half of a surrogate pair.</summary>
    private string Decode()
    {
        try
        {
            return Value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new ReportFormatException(Location, "this is no Unicode text.");
        }
    }

    private static string Clip(string text) => text.Length > 60 ? text[..60] + "…" : text;

    private string At(string name) => Location.Length == 0 ? name : $"{Location}.{name}";
}
