using ClosureScan.Paths;
using ClosureScan.Stores.Metadata;
using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests.Metadata;

/// <summary>Every dialect in which Nix tells a closure is a ROOT of its own, without any store.</summary>
public sealed class MetadataFileTests(RealNix nix) : IClassFixture<RealNix>
{
    [Theory]
    [InlineData("own", "nix", "path-info --json -r")]
    [InlineData("newer", "nix", "path-info --json -r")]
    [InlineData("newer", "nix", "path-info --json-format 1 --json -r")]
    [InlineData("newer", "nix", "path-info --json-format 2 --json -r")]
    [InlineData("own", "nix-store", "--query --graph")]
    [InlineData("newer", "nix-store", "--query --graph")]
    [InlineData("own", "nix-store", "--dump-db")]
    [InlineData("newer", "nix-store", "--dump-db")]
    public async Task Root_and_references_are_those_of_the_store(string version, string program, string arguments)
    {
        SampleClosure closure = SampleClosure.Build(nix);
        string[] features = program == "nix" ? ["--extra-experimental-features", "nix-command"] : [];
        IEnumerable<string> paths = arguments == "--dump-db" ? nix.Closure(closure.Root) : [closure.Root];
        ToolRun told = ToolRun.Execute(NixVersions.Find(version, program), [.. features, .. arguments.Split(' '), .. paths], nix.Environment);
        Assert.True(told.ExitCode == 0, told.Error);
        string file = Path.Combine(nix.NewFolder(), "told");
        File.WriteAllText(file, told.Text);

        Assert.True(MetadataFile.IsOne(file));
        (IListableStore store, System.Collections.Immutable.ImmutableArray<StorePath> roots) = MetadataFile.Open(file);

        Assert.Equal([closure.Root], roots.Select(root => root.ToString()));
        foreach (string path in nix.Closure(closure.Root))
        {
            PathInfo? info = await store.FindAsync(StorePath.Parse(path), Scanning.Token);
            IEnumerable<string> references = nix.References(path).Where(reference => reference != path || !arguments.Contains("--graph", StringComparison.Ordinal));
            Assert.Equal(references.Order(StringComparer.Ordinal), info!.References!.Value.Select(reference => reference.ToString()));
            Assert.Equal(arguments.Contains("--graph", StringComparison.Ordinal) ? null : nix.NarSize(path), info.NarSize);
        }
    }

    [Fact]
    public void ClosureInfos_folder_is_one_and_other_files_are_none()
    {
        SampleClosure closure = SampleClosure.Build(nix);
        string folder = nix.NewFolder();
        File.WriteAllText(Path.Combine(folder, "registration"), nix.Run("nix-store", ["--dump-db", .. nix.Closure(closure.Root)]).Text);
        Assert.False(MetadataFile.IsOne(folder));
        File.WriteAllText(Path.Combine(folder, "store-paths"), closure.Root);
        Assert.True(MetadataFile.IsOne(folder));
        Assert.Equal(closure.Root, Assert.Single(MetadataFile.Open(folder).Roots).ToString());

        Assert.False(MetadataFile.IsOne(closure.Root));
        Assert.False(MetadataFile.IsOne("/dev/zero"));
        Assert.False(MetadataFile.IsOne(Path.Combine(folder, "gone")));
        string report = Path.Combine(folder, "report.json");
        File.WriteAllText(report, "{\"schema\": \"closurescan/1\"}");
        Assert.False(MetadataFile.IsOne(report));
    }

    [Theory]
    [InlineData("digraph G {\n", "cut off")]
    [InlineData("digraph G {\n\"x\" -> \"y\";\n}\n", "line 2")]
    [InlineData("digraph G {\nwhat\n}\n", "line 2")]
    public void A_damaged_graph_is_told(string text, string told) =>
        Assert.Contains(told, Assert.Throws<StoreException>(() => GraphText.Parse(text, "graph.dot")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_tool_answers_from_the_metadata_alone()
    {
        SampleClosure closure = SampleClosure.Build(nix);
        string graph = Path.Combine(nix.NewFolder(), "closure.dot");
        File.WriteAllText(graph, nix.Run("nix-store", "--query", "--graph", closure.Root).Text);

        ToolRun size = ClosureScanTool.Run("size", graph, "--no-color");
        Assert.True(size.ExitCode == 0, size.Error);
        Assert.Contains("stores-middle", size.Text, StringComparison.Ordinal);
        ToolRun why = ClosureScanTool.Run("why", graph, "*-stores-leaf", "--no-color");
        Assert.True(why.ExitCode == 0, why.Error);
    }
}
