using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Graph;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Explaining;

public sealed class TwinFinderTests
{
    private const string Arm = "armv7l-unknown-linux-gnueabihf";

    private static PackageTwins[] Find(ClosureBuilder closure)
    {
        ClosureGraph graph = ClosureGraph.Create(closure.Build());
        return [.. TwinFinder.Find(graph, ClosureSizes.Compute(graph, TestContext.Current.CancellationToken))];
    }

    [Fact]
    public void Two_versions_tell_what_each_costs_and_who_holds_it()
    {
        PackageTwins twins = Assert.Single(Find(new ClosureBuilder()
            .Add("image", path => path.Refers("app-1.0").Refers("tool-2.0").Refers("icu-74.2"))
            .Add("app-1.0", path => path.Refers("icu-73.1"))
            .Add("tool-2.0", path => path.Refers("icu-74.2"))
            .Add("icu-73.1", path => path.Size(300).Refers("data"))
            .Add("icu-74.2", path => path.Size(400))
            .Add("data", path => path.Size(50))));

        Assert.Equal(("icu", TwinDifferences.Version, 700L, true), (twins.PackageName, twins.Differences, twins.SelfSize, twins.IsRepeated));
        Assert.Equal([("icu-74.2", 400L, 400L), ("icu-73.1", 300L, 350L)], twins.Paths.Select(twin => (twin.Path.Name, twin.SelfSize, twin.AddedSize)));
        Assert.Equal(["image", "tool-2.0"], twins.Paths[0].Holders.Select(holder => holder.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["app-1.0"], twins.Paths[1].Holders.Select(holder => holder.Name));
    }

    [Theory]
    [InlineData("bash-5.2p26", $"bash-{Arm}-5.2p26", TwinDifferences.Platform)]
    [InlineData("curl-8.7.1", "curl-8.7.1-dev", TwinDifferences.Output)]
    [InlineData("curl-8.7.1", $"curl-{Arm}-8.9.1-dev", TwinDifferences.Version | TwinDifferences.Platform | TwinDifferences.Output)]
    [InlineData($"{Arm}-gcc-13.2.0", $"{Arm}-gcc-13.2.0-lib", TwinDifferences.Output)]
    [InlineData("gcc-13.2.0", $"{Arm}-gcc-13.2.0", TwinDifferences.Platform)]
    [InlineData($"zlib-{Arm}-1.3.1", $"zlib-static-{Arm}-1.3.1", TwinDifferences.Build)]
    public void Differences_are_those_of_the_names(string one, string other, Enum differences) =>
        Assert.Equal(differences, Assert.Single(Find(new ClosureBuilder().Add("image", path => path.Refers(one).Refers(other)))).Differences);

    [Fact]
    public void Outputs_are_told_by_version_and_platform_with_what_they_cost_together()
    {
        PackageTwins twins = Assert.Single(Find(new ClosureBuilder()
            .Add("image", path => path.Refers("curl-8.7.1").Refers("curl-8.7.1-dev").Refers($"curl-{Arm}-8.9.1"))
            .Add("curl-8.7.1", path => path.Size(300).Refers("data"))
            .Add("curl-8.7.1-dev", path => path.Size(100).Refers("data"))
            .Add($"curl-{Arm}-8.9.1", path => path.Size(200))
            .Add("data", path => path.Size(5000))), package => package.PackageName == "curl");

        Assert.Equal(
            [("8.7.1", null, 2, 400L, 5400L), ("8.9.1", Arm, 1, 200L, 200L)],
            twins.Variants.Select(variant => (variant.Version, variant.HostTriple, variant.Paths.Length, variant.SelfSize, variant.AddedSize)));
        Assert.Equal([300L, 100L], twins.Variants[0].Paths.Select(twin => twin.AddedSize));
        Assert.Equal(TwinDifferences.Version | TwinDifferences.Platform | TwinDifferences.Output, twins.Differences);
    }

    [Fact]
    public void Repeated_packages_come_before_larger_ones_that_are_only_split()
    {
        PackageTwins[] found = Find(new ClosureBuilder()
            .Add("image", path => path.Refers("icu-73.1").Refers("icu-74.2").Refers("curl-8.7.1").Refers("curl-8.7.1-dev"))
            .Add("curl-8.7.1", path => path.Size(1_000_000)));

        Assert.Equal([("icu", true), ("curl", false)], found.Select(package => (package.PackageName, package.IsRepeated)));
    }

    [Fact]
    public void What_no_root_reaches_is_neither_twin_nor_holder()
    {
        ClosureBuilder closure = new ClosureBuilder()
            .Add("image", path => path.Refers("icu-74.2"))
            .Add("stray", path => path.Refers("icu-73.1").Refers("icu-74.2"));

        Assert.Empty(Find(closure));
        Assert.Equal(2, Assert.Single(Find(closure.Root("stray"))).Paths.Length);
    }
}
