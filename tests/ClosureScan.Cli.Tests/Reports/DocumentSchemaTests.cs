using System.Text.Json.Nodes;
using ClosureScan.Analysis.Reports;
using ClosureScan.Testing;
using NJsonSchema;

namespace ClosureScan.Cli.Tests.Reports;

/// <summary>
/// The schema that ships, held against what the commands really print. It allows unknown members, as readers must; made strict, it
/// knows every member by name, so that a misspelt one on either side fails here.
/// </summary>
[Trait(Tier.Name, Tier.Laws)]
public sealed class DocumentSchemaTests(JsonDocuments documents) : IClassFixture<JsonDocuments>
{
    private static readonly Lazy<JsonSchema> Shipped = new(() => Load(strict: false));
    private static readonly Lazy<JsonSchema> Strict = new(() => Load(strict: true));

    public static TheoryData<string> Names => [.. JsonDocuments.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_document_obeys_the_schema_and_has_no_member_that_it_does_not_know(string name)
    {
        string document = documents.Get(name).ToJsonString();

        Assert.Empty(Shipped.Value.Validate(document));
        Assert.Empty(Strict.Value.Validate(document));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_misspelt_member_is_noticed_wherever_it_stands(string name) => Assert.All(Members(documents.Get(name)), member =>
    {
        JsonNode document = documents.Get(name);
        JsonObject parent = Follow(document, member[..^1]).AsObject();
        parent.Add(member[^1] + "z", parent[member[^1]]?.DeepClone());
        parent.Remove(member[^1]);

        Assert.True(Strict.Value.Validate(document.ToJsonString()).Count > 0, string.Join('/', member));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_of_another_type_is_noticed_wherever_it_stands(string name) => Assert.All(Members(documents.Get(name)), member =>
    {
        JsonNode document = documents.Get(name);
        JsonObject parent = Follow(document, member[..^1]).AsObject();
        parent[member[^1]] = parent[member[^1]] is JsonValue value && value.TryGetValue(out bool _) ? JsonValue.Create(1) : JsonValue.Create(true);

        Assert.True(Shipped.Value.Validate(document.ToJsonString()).Count > 0, string.Join('/', member));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_member_of_a_later_version_breaks_no_reader(string name)
    {
        JsonNode document = documents.Get(name);
        foreach (string[] member in Members(documents.Get(name)))
        {
            Follow(document, member[..^1]).AsObject()["addedLater"] = 1;
        }

        Assert.Empty(Shipped.Value.Validate(document.ToJsonString()));
    }

    [Theory]
    [InlineData("scan", "system-file")]
    [InlineData("cut", "system-file")]
    [InlineData("what-if", "system-file")]
    [InlineData("why", "system-file")]
    [InlineData("size", "names")]
    public void Every_document_of_a_closure_tells_the_host_and_what_speaks_for_it(string name, string kind)
    {
        JsonNode document = documents.Get(name);

        Assert.Equal("armv7l-linux", document["host"]!.GetValue<string>());
        Assert.Equal(kind, document["hostFrom"]!["kind"]!.GetValue<string>());
        Assert.Contains("armv7l-linux", document["hostFrom"]!["evidence"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("why", "size")]
    [InlineData("size", "cut")]
    [InlineData("cut", "refs")]
    [InlineData("scan", "why")]
    public void A_document_is_not_taken_for_that_of_another_command(string name, string command)
    {
        JsonNode document = documents.Get(name);
        document["command"] = command;

        Assert.NotEmpty(Shipped.Value.Validate(document.ToJsonString()));
    }

    /// <summary>The ways to the members of a document, each once: of the items of an array, the first that has a member stands for all.</summary>
    private static List<string[]> Members(JsonNode document)
    {
        Dictionary<string, string[]> found = [];
        Visit(document, [], "");
        return [.. found.Values];

        void Visit(JsonNode? node, string[] way, string shape)
        {
            if (node is JsonObject members)
            {
                foreach ((string name, JsonNode? value) in members)
                {
                    found.TryAdd($"{shape}/{name}", [.. way, name]);
                    Visit(value, [.. way, name], $"{shape}/{name}");
                }
            }
            else if (node is JsonArray items)
            {
                for (int index = 0; index < items.Count; index++)
                {
                    Visit(items[index], [.. way, $"{index}"], $"{shape}[]");
                }
            }
        }
    }

    private static JsonNode Follow(JsonNode document, string[] way) =>
        way.Aggregate(document, (node, step) => node is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!);

    private static JsonSchema Load(bool strict)
    {
        using StreamReader reader = new(JsonReport.OpenSchema());
        JsonNode schema = JsonNode.Parse(reader.ReadToEnd())!;
        if (strict)
        {
            ForbidOthers(schema);
        }

        return JsonSchema.FromJsonAsync(schema.ToJsonString()).GetAwaiter().GetResult();
    }

    /// <summary>Forbids members without a name in every description of an object; what only narrows one has no type of its own.</summary>
    private static void ForbidOthers(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            if (schema["properties"] is JsonObject && schema["type"] is JsonValue type && type.GetValue<string>() == "object")
            {
                schema["additionalProperties"] = false;
            }

            foreach ((_, JsonNode? value) in schema.ToArray())
            {
                ForbidOthers(value);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (JsonNode? item in items)
            {
                ForbidOthers(item);
            }
        }
    }
}
