using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Rules;
using ClosureScan.Evidence;
using ClosureScan.Stores;

namespace ClosureScan.Samples;

/// <summary>A rule of one's own: no path may link to another one's program by a symlink. Policies, baselines and every report know it by its name.</summary>
public sealed class OwnRule : Rule
{
    public override string Id => "foreign-link";

    public override string Title => "A symlink leads into another package.";

    public override string Explanation => "The link keeps the whole package that it leads to.";

    public override string Advice => "Copy the file, or leave the link out.";

    public override string Example => "bin/nologin -> /nix/store/…-coreutils-9.4/bin/false";

    public override Severity Severity => Severity.Warning;

    public override IEnumerable<Finding> Find(RuleContext context, CancellationToken cancellationToken)
    {
        foreach (int node in context.Region)
        {
            foreach (FoundReference found in context.Model.ScanOf(node)?.References ?? [])
            {
                var links = found.Evidence.Where(hit => hit.Mechanism == Evidence.Mechanism.SymlinkTarget && hit.File.StartsWith("bin/", StringComparison.Ordinal)).ToList();
                if (links.Count > 0 && context.NodeOf(found.Target) is { } target && target != node)
                {
                    yield return context.Describe(this, node, context.Graph.Paths[target], links, _ => Effect.Bloats, (_, _) => Advice);
                }
            }
        }
    }

    public static async Task RunAsync(string uri, string root, TextWriter output, CancellationToken stop)
    {
        await using IStore store = await Store.OpenAsync(uri, stop);
        AnalysisOptions options = new() { Rules = RuleSet.Default.Add(new OwnRule()) };
        ClosureReport report = await Closure.ScanAsync(store, root, analysis: options, cancellationToken: stop);
        foreach (Finding finding in report.Findings.Where(finding => finding.Rule == "foreign-link"))
        {
            output.WriteLine($"{finding.From.Name} -> {finding.To?.Name}: {finding.Occurrences[0].File}");
        }
    }
}
