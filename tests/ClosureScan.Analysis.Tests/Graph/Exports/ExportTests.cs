using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Graph.Exports;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Tests.Graph.Exports;

public class ExportTests
{
    private static readonly StorePath App = StorePath.Parse("/nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-app-1.0");
    private static readonly StorePath Libc = StorePath.Parse("/nix/store/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-glibc-2.40");
    private static readonly StorePath Gone = StorePath.Parse("/nix/store/cccccccccccccccccccccccccccccccc-gone");

    private static readonly ClosureGraph Small = ClosureGraph.Create(
        [
            new PathInfo { Path = App, NarSize = 2048, References = [App, Libc, Gone] },
            new PathInfo { Path = Libc, NarSize = 31_457_280 },
        ],
        [App]);

    [Fact]
    public void Dot_names_paths_without_hashes_and_marks_roots() => Assert.Equal(
        """
        digraph closure {
          rankdir=LR;
          node [shape=box];
          n0 [label="app-1.0\n2.0 KiB", tooltip="/nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-app-1.0", style=bold];
          n1 [label="glibc-2.40\n30.0 MiB", tooltip="/nix/store/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-glibc-2.40"];
          n0 -> n1;
        }

        """,
        Written(output => DotExport.WriteGraph(output, Small)));

    [Fact]
    public void Dot_of_chains_leaves_out_what_is_on_none_and_marks_the_shortest()
    {
        // 0 → 2 directly and by 1; 3 hangs beside.
        ClosureGraph graph = ClosureGraphBuilder.Build([0, 0, 1, 0], [2, 1, 2, 3], [1, 1, 1, 1], [0]);
        string dot = Written(output => DotExport.WriteChains(output, graph, ChainSubgraph.Compute(graph, [2])));
        Assert.Contains("n0 -> n2 [style=bold];\n", dot, StringComparison.Ordinal);
        Assert.Contains("n0 -> n1;\n", dot, StringComparison.Ordinal);
        Assert.DoesNotContain("n3", dot, StringComparison.Ordinal);
    }

    [Fact]
    public void Dot_of_dominators_has_added_sizes_and_leaves_out_the_small()
    {
        ClosureGraph graph = ClosureGraphBuilder.Build([0, 1, 0], [1, 2, 3], [1, 1000, 1048, 5], [0]);
        string dot = Written(output => DotExport.WriteDominators(output, graph, DominatorTree.Compute(graph), minimumSize: 100));
        Assert.Contains("n1 [label=\"1\\n2.0 KiB\"", dot, StringComparison.Ordinal);
        Assert.Contains("n0 -> n1;\n  n2", dot, StringComparison.Ordinal);
        Assert.DoesNotContain("n3", dot, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("say \"hi\" \\ bye", "\"say \\\"hi\\\" \\\\ bye\"")]
    [InlineData("two\nlines", "\"two\\nlines\"")]
    public void Dot_text_is_quoted(string text, string expected) => Assert.Equal(expected, DotExport.Quote(text));

    [Theory]
    [InlineData("a,b", "\"a,b\"", "a,b")]
    [InlineData("a\"b", "\"a\"\"b\"", "a\"b")]
    [InlineData("a\tb\\c", "a\tb\\c", "a\\tb\\\\c")]
    [InlineData("a\r\nb", "\"a\r\nb\"", "a\\r\\nb")]
    public void Table_field_is_escaped(string field, string csv, string tsv)
    {
        Assert.Equal(csv, TableExport.Escape(field, TableFormat.Csv));
        Assert.Equal(tsv, TableExport.Escape(field, TableFormat.Tsv));
    }

    [Fact]
    public void GraphML_read_back_is_the_graph() => RandomGraph.ForEach(200, 20, (random, _) =>
    {
        ClosureSizes sizes = ClosureSizes.Compute(random.Graph, TestContext.Current.CancellationToken);
        XElement document = XElement.Parse(Written(output => GraphMlExport.Write(output, random.Graph, sizes)));
        XNamespace ns = document.Name.Namespace;
        Assert.Equal(
            random.DistinctEdges.Select(edge => ($"n{edge.Source}", $"n{edge.Target}")),
            document.Descendants(ns + "edge").Select(edge => (edge.Attribute("source")!.Value, edge.Attribute("target")!.Value)));
        XElement[] nodes = [.. document.Descendants(ns + "node")];
        for (int node = 0; node < random.NodeCount; node++)
        {
            Dictionary<string, string> data = nodes[node].Elements(ns + "data").ToDictionary(item => item.Attribute("key")!.Value, item => item.Value);
            Assert.Equal(random.Sizes[node], long.Parse(data["narSize"], CultureInfo.InvariantCulture));
            Assert.Equal(sizes.ClosureSize(node), long.Parse(data["closureSize"], CultureInfo.InvariantCulture));
            Assert.Equal(sizes.AddedSize(node), long.Parse(data["addedSize"], CultureInfo.InvariantCulture));
            Assert.Equal(random.Roots.Contains(node), bool.Parse(data["root"]));
        }
    });

    [Fact]
    public void Tables_read_back_are_the_graph() => RandomGraph.ForEach(200, 20, (random, _) =>
    {
        ClosureSizes sizes = ClosureSizes.Compute(random.Graph, TestContext.Current.CancellationToken);
        (int, int)[] references = [.. Lines(output => TableExport.WriteReferences(output, random.Graph, TableFormat.Tsv), '\t')
            .Select(fields => (int.Parse(fields[0], CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture)))];
        Assert.Equal(random.Edges.Distinct().Order(), references.Order());

        string[][] rows = [.. Lines(output => TableExport.WriteSizes(output, random.Graph, sizes, TableFormat.Csv), ',')];
        for (int node = 0; node < random.NodeCount; node++)
        {
            int dominator = sizes.Dominators.ImmediateDominator(node);
            Assert.Equal(
                $"{node},{random.Sizes[node]},{sizes.ClosureSize(node)},{sizes.ClosureCount(node)},{sizes.AddedSize(node)},"
                + $"{sizes.AddedCount(node)},{(dominator < 0 ? "" : dominator)},{(random.Roots.Contains(node) ? "true" : "false")}",
                string.Join(',', rows[node]));
        }
    });

    [Fact]
    public void Json_read_back_is_the_graph() => RandomGraph.ForEach(200, 20, (random, _) =>
    {
        ClosureSizes sizes = ClosureSizes.Compute(random.Graph, TestContext.Current.CancellationToken);
        using JsonDocument document = Json(random.Graph, sizes);
        JsonElement[] paths = [.. document.RootElement.GetProperty("paths").EnumerateArray()];
        for (int node = 0; node < random.NodeCount; node++)
        {
            Assert.Equal(node.ToString(CultureInfo.InvariantCulture), paths[node].GetProperty("path").GetString());
            Assert.Equal(random.Sizes[node], paths[node].GetProperty("narSize").GetInt64());
            Assert.Equal(sizes.ClosureSize(node), paths[node].GetProperty("closureSize").GetInt64());
            Assert.Equal(sizes.AddedSize(node), paths[node].GetProperty("addedSize").GetInt64());
            int dominator = sizes.Dominators.ImmediateDominator(node);
            Assert.Equal(dominator < 0 ? null : $"{dominator}", paths[node].GetProperty("immediateDominator").GetString());
            Assert.Equal(
                random.Edges.Where(edge => edge.Source == node).Select(edge => edge.Target).Distinct().Order(),
                paths[node].GetProperty("references").EnumerateArray().Select(item => int.Parse(item.GetString()!, CultureInfo.InvariantCulture)));
        }
    });

    [Fact]
    public void Json_of_a_closure_names_whole_paths_and_what_is_missing()
    {
        using JsonDocument document = Json(Small, sizes: null);
        Assert.Equal(
            """{"roots":["/nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-app-1.0"],"paths":[{"path":"/nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-app-1.0","narSize":2048,"references":["/nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-app-1.0","/nix/store/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-glibc-2.40"]},{"path":"/nix/store/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-glibc-2.40","narSize":31457280,"references":[]}],"missingReferences":[{"from":"/nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-app-1.0","to":"/nix/store/cccccccccccccccccccccccccccccccc-gone"}]}""",
            document.RootElement.GetRawText());
    }

    private static JsonDocument Json(ClosureGraph graph, ClosureSizes? sizes)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            JsonExport.Write(json, graph, sizes);
        }

        return JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static string Written(Action<TextWriter> write)
    {
        using var output = new StringWriter();
        write(output);
        return output.ToString();
    }

    private static IEnumerable<string[]> Lines(Action<TextWriter> write, char separator) =>
        Written(write).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(separator));
}
