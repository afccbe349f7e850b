using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClosureScan.Cli.Tests.Hostile.Fuzzing;

/// <summary>
/// Input as a broken disk, a careless colleague or an attacker would change it: bits, bytes, cuts, pieces of other inputs, words that somewhere
/// mean something; and of JSON its values and names, so that what comes out is still JSON. The same random numbers give the same input.
/// </summary>
internal static partial class Mutation
{
    /// <summary>Numbers at their limits, text that somebody obeys, half of Unicode, too much of anything.</summary>
    private static readonly byte[][] Words =
    [
        "\u001b[31m"u8.ToArray(), "\0"u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(), "\n::error::x\n"u8.ToArray(), [0xff], [0xed, 0xa0, 0x80], "\\ud800"u8.ToArray(),
        "\\u001b"u8.ToArray(), "9223372036854775807"u8.ToArray(), "-1"u8.ToArray(), "99999999999999999999999"u8.ToArray(), "1e400"u8.ToArray(), "null"u8.ToArray(), "[]"u8.ToArray(),
        "{}"u8.ToArray(), "/nix/store/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-x"u8.ToArray(), "../../../etc/passwd"u8.ToArray(), "****************"u8.ToArray(), "[{a,b}"u8.ToArray(),
        "\u202e"u8.ToArray(), "\u009b31m"u8.ToArray(), " "u8.ToArray(), ":"u8.ToArray(), "-"u8.ToArray(), "&a *a"u8.ToArray(), "<<: *a"u8.ToArray(), "!!x"u8.ToArray(),
        Enumerable.Repeat((byte)'a', 3000).ToArray(), Enumerable.Repeat((byte)'[', 300).ToArray(), new byte[64],
    ];

    private static readonly Func<JsonNode?>[] Values =
    [
        () => HostileText.Text, () => -1, () => long.MaxValue, () => 9223372036854775808m, () => 1e308, () => null, () => true, () => new JsonArray(), () => new JsonObject(), () => "",
        () => "/nix/store/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-x", () => new string('a', 5000), () => "a\0b", () => "*", () => "@@half@@",
    ];

    /// <summary>Changes one to six places of <paramref name="seed"/>.</summary>
    public static byte[] Of(byte[] seed, IReadOnlyList<byte[]> others, Random random)
    {
        if (seed is [(byte)'{' or (byte)'[', ..] && random.Next(10) < 7 && OfJson(seed, random) is { } json)
        {
            return json;
        }

        List<byte> bytes = [.. seed];
        for (int changes = random.Next(1, 7); changes > 0; changes--)
        {
            Change(bytes, others, random);
        }

        return [.. bytes];
    }

    private static void Change(List<byte> bytes, IReadOnlyList<byte[]> others, Random random)
    {
        int at = random.Next(bytes.Count + 1);
        int length = Math.Min(1 << random.Next(7), bytes.Count - at);
        byte[] word = Words[random.Next(Words.Length)];
        switch (random.Next(9))
        {
            case 0 when length > 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1 when length > 0: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes.RemoveRange(at, length); break;
            case 3: bytes.InsertRange(at, Enumerable.Repeat(bytes.GetRange(at, length), random.Next(1, 20)).SelectMany(copy => copy).ToArray()); break;
            case 4: bytes.InsertRange(at, word); break;
            case 5: Replace(bytes, at, length, word); break;
            case 6 when random.Next(3) == 0: bytes.RemoveRange(at, bytes.Count - at); break;
            case 7:
                byte[] other = others[random.Next(others.Count)];
                int start = random.Next(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(start, Math.Min(4 << random.Next(7), other.Length - start)).ToArray());
                break;
            case 8 when Fields().Matches(Encoding.Latin1.GetString([.. bytes])) is { Count: > 0 } fields:
                Match field = fields[random.Next(fields.Count)];
                Replace(bytes, field.Index, field.Length, word);
                break;
        }
    }

    private static void Replace(List<byte> bytes, int at, int length, byte[] word)
    {
        bytes.RemoveRange(at, length);
        bytes.InsertRange(at, word);
    }

    /// <summary>JSON, or lines of it, with other values and names; null where it is none.</summary>
    private static byte[]? OfJson(byte[] seed, Random random)
    {
        string[] lines = Encoding.UTF8.GetString(seed).Split("\n{", StringSplitOptions.None) is { Length: > 1 } several
            ? [.. several.Select((line, index) => index == 0 ? line : "{" + line)]
            : [Encoding.UTF8.GetString(seed)];
        int chosen = random.Next(lines.Length);
        try
        {
            JsonNode document = JsonNode.Parse(lines[chosen])!;
            List<(JsonNode Parent, object Key)> places = [.. Places(document)];
            for (int changes = random.Next(1, 5); changes > 0 && places.Count > 0; changes--)
            {
                Change(places[random.Next(places.Count)], random);
            }

            lines[chosen] = document.ToJsonString().Replace("@@half@@", HostileText.HalfPair, StringComparison.Ordinal);
            return Encoding.UTF8.GetBytes(string.Join('\n', lines));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Change((JsonNode Parent, object Key) place, Random random)
    {
        JsonNode? value = Values[random.Next(Values.Length)]();
        switch (place)
        {
            case (JsonObject members, string name) when random.Next(4) == 0:
                members.Remove(name);
                break;
            case (JsonObject members, string name) when random.Next(4) == 0 && members.ContainsKey(name):
                JsonNode? kept = members[name];
                members.Remove(name);
                members[random.Next(2) == 0 ? HostileText.Text : "@@half@@"] = kept;
                break;
            case (JsonObject members, string name):
                members[name] = value;
                break;
            case (JsonArray items, int index) when index < items.Count:
                items[index] = value;
                break;
        }
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.ToArray().SelectMany(member => Places(member.Value).Prepend((members, member.Key))),
        JsonArray items => items.ToArray().SelectMany((item, index) => Places(item).Prepend((items, (object)index))),
        _ => [],
    };

    [GeneratedRegex("""\d+|"[^"]*"|[a-zA-Z-]+""")]
    private static partial Regex Fields();
}
