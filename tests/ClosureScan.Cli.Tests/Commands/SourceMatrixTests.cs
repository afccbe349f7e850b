using System.Text.Json.Nodes;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>why, size, cut and diff answer alike whatever the closure is read from, and as Nix itself registered it.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class SourceMatrixTests(ClosureSources sources) : IClassFixture<ClosureSources>
{
    public static TheoryData<string> Sources => [.. ClosureSources.Names];

    public static TheoryData<string, string> Pairs =>
        [.. from before in ClosureSources.Names from after in ClosureSources.Names select new TheoryDataRow<string, string>(before, after)];

    private static JsonObject Json(ToolRun run)
    {
        Assert.Equal("", run.Error);
        return JsonNode.Parse(run.Output.Span)!.AsObject();
    }

    private static string[] Texts(JsonNode? array) => [.. array!.AsArray().Select(item => item!.GetValue<string>())];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Sizes_are_those_that_Nix_registered(string source)
    {
        ToolRun run = sources.Run("size", source, sources.Before, "--format", "json");
        JsonArray paths = Json(run)["paths"]!.AsArray();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            sources.Nix.Closure(sources.Before).Order(StringComparer.Ordinal).Select(path => (path, sources.Nix.NarSize(path))),
            paths.Select(path => (path!["path"]!.GetValue<string>(), path["narSize"]!.GetValue<long>())));
        Assert.All(paths, path => Assert.Equal(
            sources.Nix.Closure(path!["path"]!.GetValue<string>()).Sum(sources.Nix.NarSize), path["closureSize"]!.GetValue<long>()));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Chain_goes_over_references_that_Nix_registered_and_ends_with_the_bytes_of_the_leak(string source)
    {
        ToolRun run = sources.Run("why", source, sources.Before, sources.Tool, "--format", "json");
        JsonArray links = Json(run)["chains"]![0]!["references"]!.AsArray();

        Assert.Equal((0, 2), (run.ExitCode, links.Count));
        Assert.All(links, link => Assert.Contains(link!["to"]!.GetValue<string>(), sources.Nix.References(link["from"]!.GetValue<string>())));
        Assert.Equal(["bin/app", "bin/app-config"], links[1]!["evidence"]!.AsArray().Select(item => item!["file"]!.GetValue<string>()));
        Assert.Equal(source != "saved", links[0]!["read"]!.GetValue<bool>());
        Assert.Equal(1, sources.Run("why", source, sources.After, sources.Tool).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Cut_frees_what_a_walk_over_the_references_of_Nix_frees(string source)
    {
        ToolRun run = sources.Run("cut", source, sources.Before, "--format", "json");
        JsonObject cut = Json(run)["cut"]!.AsObject();
        (string From, string To)[] edits = [.. cut["edits"]!.AsArray().Select(edit => (edit!["from"]!.GetValue<string>(), edit["to"]!.GetValue<string>()))];
        HashSet<string> left = [sources.Before];
        for (Queue<string> queue = new(left); queue.TryDequeue(out string? path);)
        {
            foreach (string to in sources.Nix.References(path).Where(to => !edits.Contains((path, to)) && left.Add(to)))
            {
                queue.Enqueue(to);
            }
        }

        Assert.Equal((0, 2), (run.ExitCode, cut["editCount"]!.GetValue<int>()));
        Assert.Equal(["bin/app", "bin/app-config"], Texts(cut["edits"]![0]!["files"]));
        Assert.Equal(sources.Nix.Closure(sources.Before).Except(left).Order(StringComparer.Ordinal), Texts(cut["freedPaths"]));
        Assert.Equal(left.Sum(sources.Nix.NarSize), cut["closureSizeAfter"]!.GetValue<long>());
        Assert.DoesNotContain(sources.Tool, left);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Diff_of_any_two_sources_tells_what_came_and_went(string before, string after)
    {
        ToolRun forth = Diff(before, sources.Before, after, sources.After);
        ToolRun back = Diff(after, sources.After, before, sources.Before);
        JsonNode came = Json(back)["changes"]!.AsArray().Single(change => change!["after"]?.GetValue<string>() == sources.Tool)!;
        long delta = sources.Nix.Closure(sources.Before).Sum(sources.Nix.NarSize) - sources.Nix.Closure(sources.After).Sum(sources.Nix.NarSize);

        Assert.Equal((0, 1), (forth.ExitCode, back.ExitCode));
        Assert.Equal((-delta, delta), (Json(forth)["delta"]!.GetValue<long>(), Json(back)["delta"]!.GetValue<long>()));
        Assert.Equal(delta, Json(back)["changes"]!.AsArray().Sum(change => change!["delta"]!.GetValue<long>()));
        Assert.Equal(["bin/app", "bin/app-config"], came["broughtBy"]!["evidence"]!.AsArray().Select(item => item!["file"]!.GetValue<string>()));
        Assert.NotEmpty(Json(back)["new"]!.AsArray());
        Assert.Empty(Json(forth)["new"]!.AsArray());
    }

    private ToolRun Diff(string before, string beforeRoot, string after, string afterRoot) => ClosureScanTool.Run(
        "diff", sources.Closure(before, beforeRoot), sources.Closure(after, afterRoot),
        "--before-store", sources.Store(before), "--after-store", sources.Store(after), "--format", "json");
}
