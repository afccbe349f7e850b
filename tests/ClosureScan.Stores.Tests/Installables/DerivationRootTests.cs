using System.Text.Json.Nodes;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Installables;

/// <summary>What building needs, as Nix tells it: derivations by their paths, by what they built, by installables; and what they build.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class DerivationRootTests(RealNix nix) : IClassFixture<RealNix>
{
    [Fact]
    public void The_graph_of_a_build_is_what_Nix_says()
    {
        SampleClosure closure = SampleClosure.Build(nix);
        string derivation = nix.Run("nix-store", "--query", "--deriver", closure.Root).Lines[0];
        string[] expected = [.. nix.Closure(derivation).Order(StringComparer.Ordinal)];

        Assert.Equal(expected, Paths("size", closure.Root, "--derivation"));
        Assert.Equal(expected, Paths("size", derivation));
        Assert.Equal(expected, Paths("size", derivation, "--derivation"));
        ToolRun why = Run("why", "--derivation", closure.Root, "*-stores-leaf");
        Assert.True(why.ExitCode == 0, why.Error);
        Assert.Contains("stores-leaf", why.Text, StringComparison.Ordinal);
        Assert.Contains("added", Run("diff", "--derivation", closure.Middle, closure.Root).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_derivation_builds_is_a_root()
    {
        SampleClosure closure = SampleClosure.Build(nix);
        string derivation = nix.Run("nix-store", "--query", "--deriver", closure.Root).Lines[0];
        string[] expected = [.. nix.Closure(closure.Root).Order(StringComparer.Ordinal)];

        Assert.Equal(expected, Paths("size", derivation + "^out"));
        Assert.Equal(expected, Paths("size", derivation + "^*"));
        ToolRun none = Run("size", derivation + "^doc");
        Assert.Equal(4, none.ExitCode);
        Assert.Contains("has no output doc; it has out", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Installables_are_evaluated_and_not_built()
    {
        string file = Path.Combine(nix.NewFolder(), "default.nix");
        string name = $"never-built-{Guid.NewGuid():n}";
        File.WriteAllText(file, $$"""{ it = derivation { name = "{{name}}"; system = "x86_64-linux"; builder = "/bin/false"; }; }""");

        Assert.Contains(Paths("size", "--derivation", "--file", file, "it"), path => path.EndsWith($"-{name}.drv", StringComparison.Ordinal));
    }

    [Fact]
    public void A_store_without_derivations_says_so()
    {
        SampleClosure closure = SampleClosure.Build(nix);
        string cache = Path.Combine(nix.NewFolder(), "cache");
        nix.CopyToCache(cache, "xz", closure.Root);
        ToolRun run = Run("size", "--derivation", "--store", cache, closure.Root);

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("caches mostly have none", run.Error, StringComparison.Ordinal);
    }

    private string[] Paths(params string[] arguments)
    {
        ToolRun run = Run([.. arguments, "--format", "json"]);
        Assert.True(run.ExitCode == 0, run.Error);
        return [.. JsonNode.Parse(run.Output.Span)!["paths"]!.AsArray().Select(path => path!["path"]!.GetValue<string>()).Order(StringComparer.Ordinal)];
    }

    private ToolRun Run(params string[] arguments) => ClosureScanTool.RunWith(new Dictionary<string, string?>(nix.Environment), null, arguments);
}
