using System.Text;
using System.Text.Json.Nodes;
using ClosureScan.Testing;
using Microsoft.Data.Sqlite;

namespace ClosureScan.Cli.Tests.Hostile;

/// <summary>Numbers that add up to more than there is, values that are not there, text that is none: a sentence and the exit code of the contract.</summary>
public sealed class MalformedMetadataTests : IDisposable
{
    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("scan")]
    [InlineData("size")]
    [InlineData("cut")]
    [InlineData("check")]
    public void Claimed_sizes_past_the_largest_number_make_a_scan_incomplete(string command)
    {
        HostileCache cache = new HostileCache(_tree)
            .Add(HostileCache.First, NarBuilder.OfFile("x"u8), HostileCache.Second, narSize: "9223372036854775807")
            .Add(HostileCache.Second, NarBuilder.OfFile("y"u8), narSize: "9223372036854775807");

        ToolRun run = ClosureScanTool.Run(command, "--store", cache.Folder, HostileCache.First);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the store claims a NAR of", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Zero_byte_in_a_narinfo_is_told()
    {
        HostileCache cache = new HostileCache(_tree).Add(HostileCache.First, NarBuilder.OfFile("x"u8), url: "nar/a\0b");

        ToolRun run = ClosureScanTool.Run("scan", "--store", cache.Folder, HostileCache.First);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("this is no text", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Negative_size_in_path_info_is_told()
    {
        _tree.File("p.json", $$"""{"/nix/store/{{HostileCache.First}}": {"narSize": -1, "references": []} }""");

        ToolRun run = ClosureScanTool.Run("size", "--store", $"path-info:{_tree.PathOf("p.json")}", HostileCache.First);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("is no size in bytes", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void View_in_place_of_a_table_is_not_asked()
    {
        string file = _tree.Directory("root/nix/var/nix/db").Directory("root/nix/store").PathOf("root/nix/var/nix/db/db.sqlite");
        using (SqliteConnection connection = new($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = """
                create view ValidPaths as with recursive n(i) as (select 1 union all select i + 1 from n)
                    select i as id, 'p' as path, 'h' as hash, 1 as registrationTime, null as deriver, 1 as narSize, 0 as ultimate, null as sigs, null as ca from n where i < 0;
                create table Refs(referrer integer, reference integer);
                """;
            command.ExecuteNonQuery();
        }

        ToolRun run = ClosureScanTool.Run("size", "--store", $"local?root={_tree.PathOf("root")}", $"/nix/store/{HostileCache.First}");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("it lacks the table ValidPaths or Refs", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("size")]
    [InlineData("scan")]
    [InlineData("cut")]
    public void Two_paths_of_one_hash_make_a_scan_incomplete(string command)
    {
        string first = HostileCache.First;
        _tree.File("p.json", $$"""{"/nix/store/{{first}}": {"narSize": 1, "references": ["/nix/store/{{first}}-2"]}, "/nix/store/{{first}}-2": {"narSize": 1, "references": []} }""");

        ToolRun run = ClosureScanTool.Run(command, _tree.PathOf("p.json"), "--format", "json");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("has the same hash", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_of_no_path_is_no_closure()
    {
        _tree.File("p.json", """{"version": 2, "info": {}, "storeDir": "/nix/store"}""");

        Assert.Equal(4, ClosureScanTool.Run("size", _tree.PathOf("p.json")).ExitCode);
    }

    [Theory]
    [InlineData("about", "\"\\ud800\"", "this is no Unicode text")]
    [InlineData("about", "\"\u00ff\"", "this is no Unicode text")]
    [InlineData("freedBytes", "-1", "a number of bytes")]
    public void Saved_report_with_a_wrong_member_is_none(string member, string value, string expected)
    {
        JsonObject report = JsonNode.Parse(ClosureScanTool.Run("scan", "--store", LeakyCache.Location, LeakyCache.RootName, "--format", "json").Output.Span)!.AsObject();
        foreach (JsonNode? finding in report["findings"]!.AsArray())
        {
            finding![member] = "@@";
        }

        // Latin-1, so that a value above 127 is a byte that is no UTF-8.
        _tree.File("r.json", Encoding.Latin1.GetBytes(report.ToJsonString().Replace("\"@@\"", value, StringComparison.Ordinal)));
        foreach (string[] call in (string[][])[["why", _tree.PathOf("r.json"), LeakyCache.Gcc], ["size", _tree.PathOf("r.json")], ["cut", _tree.PathOf("r.json")]])
        {
            ToolRun run = ClosureScanTool.Run(call);

            Assert.Equal(2, run.ExitCode);
            Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        }
    }
}
