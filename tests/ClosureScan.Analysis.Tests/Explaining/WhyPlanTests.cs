using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Graph;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Explaining;

public sealed class WhyPlanTests
{
    private static readonly ClosureBuilder Names = new();

    // image → tool → gcc, image → app → lib → gcc, and data that nobody needs to read.
    private static ScannedClosure Diamond() => new ClosureBuilder()
        .Add("image", path => path.Refers("tool").Refers("app").Refers("data"))
        .Add("tool", path => path.Refers("gcc", Mechanism.Shebang, "bin/tool").Refers("gcc", Mechanism.Text, "share/doc"))
        .Add("app", path => path.Refers("lib"))
        .Add("lib", path => path.Refers("gcc"))
        .Build();

    private static WhyReport Explain(ScannedClosure closure, WhyScope scope, int limit, params string[] targets)
    {
        WhyPlan plan = WhyPlan.Create(ClosureGraph.Create(closure), targets.Select(Names.PathOf), scope, limit);
        return plan.Explain(closure);
    }

    [Fact]
    public void Shortest_chain_is_told_link_by_link_with_every_file()
    {
        ExplainedChain chain = Assert.Single(Explain(Diamond(), WhyScope.Shortest, 10, "gcc").Chains);

        Assert.Equal(["image → tool", "tool → gcc"], chain.References.Select(link => $"{link.From.Name} → {link.To.Name}"));
        Assert.Equal(["bin/tool", "share/doc"], chain.References[1].Evidence.Select(evidence => evidence.File));
        Assert.Equal(2, chain.References[1].FileCount);
        Assert.All(chain.References, link => Assert.Equal(2, link.ChainLength));
    }

    [Fact]
    public void Only_the_paths_on_the_chain_have_to_be_read()
    {
        WhyPlan plan = WhyPlan.Create(ClosureGraph.Create(Diamond()), [Names.PathOf("gcc")], WhyScope.Shortest, 10);

        Assert.Equal(["image", "tool"], plan.Sources.Select(path => path.Name).Order());
    }

    [Fact]
    public void All_chains_have_every_reference_once_and_the_shortest_first()
    {
        WhyReport report = Explain(Diamond(), WhyScope.AllChains, 10, "gcc");

        Assert.Equal([2, 2, 3, 3, 3], report.References.Select(reference => reference.ChainLength));
        Assert.Equal(2UL, report.ChainCount);
        Assert.DoesNotContain(report.References, reference => reference.To.Name == "data");
    }

    [Fact]
    public void Limit_shortens_the_list_and_not_the_count()
    {
        WhyReport report = Explain(Diamond(), WhyScope.AllChains, 2, "gcc");

        Assert.Equal(2, report.References.Length);
        Assert.Equal(5, report.ReferenceCount);
    }

    [Fact]
    public void Referrers_are_the_references_to_the_target_itself() =>
        Assert.Equal(["tool", "lib"], Explain(Diamond(), WhyScope.Referrers, 10, "gcc").References.Select(reference => reference.From.Name));

    [Fact]
    public void Root_is_reached_over_nothing() =>
        Assert.Empty(Assert.Single(Explain(Diamond(), WhyScope.Shortest, 10, "image").Chains).References);

    [Fact]
    public void Cycle_on_the_way_makes_the_chains_endless()
    {
        ScannedClosure closure = new ClosureBuilder()
            .Add("image", path => path.Refers("app"))
            .Add("app", path => path.Refers("lib"))
            .Add("lib", path => path.Refers("app").Refers("gcc"))
            .Build();

        Assert.Null(Explain(closure, WhyScope.AllChains, 10, "gcc").ChainCount);
    }

    [Fact]
    public void Several_targets_have_a_chain_each_and_the_nearest_comes_first() =>
        Assert.Equal(["tool", "gcc"], Explain(Diamond(), WhyScope.Shortest, 10, "gcc", "tool").Chains.Select(chain => chain.Target.Name));

    [Fact]
    public void Target_outside_the_closure_is_refused()
    {
        ClosureGraph graph = ClosureGraph.Create(Diamond());

        Assert.Throws<ArgumentException>(() => WhyPlan.Create(graph, [Names.PathOf("nowhere")], WhyScope.Shortest, 1));
        Assert.Throws<ArgumentException>(() => WhyPlan.Create(graph, Array.Empty<StorePath>(), WhyScope.Shortest, 1));
    }
}
