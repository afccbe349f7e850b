using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Model;
using ClosureScan.Analysis.Rules;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis;

/// <summary>Judges a scanned closure: finds out where it is to run, puts each path on its side, and asks every rule.</summary>
public static class ClosureAnalyzer
{
    /// <summary>Analyses <paramref name="closure"/>. Cost: near linear in paths, references and evidence.</summary>
    public static ClosureReport Analyze(ScannedClosure closure, AnalysisOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(closure);
        options ??= AnalysisOptions.Default;
        InferredHost inferred = InferredHost.Of(closure, options.Host);
        Platform? host = inferred.Platform;
        closure = host is null ? closure : FatFiles.Settle(closure, host);
        Platform? build = options.Build ?? (host is null ? null : DerivationWitness.BuildMachineOf(closure, host) ?? CodeJudge.GuessBuild(closure, host));
        Platform? maker = build ?? (host is not null && CodeJudge.IsNative(closure, host) ? host : null);
        DerivationWitness witness = new(closure);
        ClosureModel model = ClosureModel.Create(closure, cancellationToken);
        SidedClosure sided = SidedClosure.Create(closure, model.Graph, new PathClassifier(host, inferred.Origin, maker, options.Legitimate, witness));
        LegitimateCode legitimate = new(model, sided, options.Legitimate);
        foreach (int node in sided.Region)
        {
            if (model.ScanOf(node) is { } scan)
            {
                legitimate.ListExplained(node, scan);
            }
        }

        RuleContext context = new(model, sided, host, legitimate);
        return new ClosureReport
        {
            Model = model,
            Rules = options.Rules,
            HostFrom = inferred,
            Build = build,
            Paths =
            [
                .. Enumerable.Range(0, model.Graph.NodeCount).Select(node => new AnalyzedPath(model, node)
                {
                    Side = sided.Sides[node],
                    Platforms = sided.Platforms[node],
                    Because = sided.Reasons[node],
                }),
            ],
            Groups = GroupFinder.Find(model, options.Rules.Rules.SelectMany(rule => rule.Find(context, cancellationToken))),
            LetThrough = legitimate.LetThrough,
        };
    }
}
