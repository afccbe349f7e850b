using System.Xml.Linq;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Architecture;

/// <summary>Bytes become facts, facts become findings, and no project knows the one after it.</summary>
public sealed class ProjectTests
{
    [Theory]
    [InlineData("ClosureScan")]
    [InlineData("ClosureScan.Stores", "ClosureScan")]
    [InlineData("ClosureScan.Analysis", "ClosureScan.Stores")]
    [InlineData("ClosureScan.Fleet", "ClosureScan.Analysis", "ClosureScan.Stores")]
    [InlineData("ClosureScan.Cli", "ClosureScan.Analysis", "ClosureScan.Fleet", "ClosureScan.Stores")]
    public void Project_refers_to_the_projects_before_it_and_no_others(string project, params string[] expected)
    {
        IEnumerable<string> references = References(project, "ProjectReference")
            .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        Assert.Equal(expected, references.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Judging_does_not_know_where_the_paths_lie()
    {
        // Only what joins the two for a caller does: it is one step from a store, or from a stream, to a report.
        string[] joining = ["Closure.cs", "NarReport.cs"];
        Assert.Equal(joining, SourceFiles.Of("ClosureScan.Analysis").Where(file => SourceFiles.Read("ClosureScan.Analysis", file).Contains("using ClosureScan.Stores", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_below_src_is_held_by_the_rule_above()
    {
        Assert.Equal(["ClosureScan", "ClosureScan.Analysis", "ClosureScan.Cli", "ClosureScan.Fleet", "ClosureScan.Stores"], SourceFiles.Projects);
    }

    [Fact]
    public void Reading_NARs_brings_no_database_and_no_graph()
    {
        Assert.Equal(["CommunityToolkit.HighPerformance"], References("ClosureScan", "PackageReference"));
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Repository.PathOf($"src/{project}/{project}.csproj"))
            .Descendants(kind)
            .Select(element => element.Attribute("Include")!.Value);
}
