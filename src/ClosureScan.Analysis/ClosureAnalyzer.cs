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
        (Platform? host, HostOrigin origin) = HostInference.Infer(closure, options);
        ClosureModel model = ClosureModel.Create(closure, cancellationToken);
        SidedClosure sided = SidedClosure.Create(closure, model.Graph, new PathClassifier(host, origin, options.Legitimate));
        LegitimateCode legitimate = new(sided, options.Legitimate);
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
            Host = host,
            HostFrom = origin,
            Build = options.Build ?? BuildPlatform(closure, sided.Classifier),
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

    /// <summary>The foreign platform that most programs and libraries are built for.</summary>
    private static Platform? BuildPlatform(ScannedClosure closure, PathClassifier classifier) => closure.Paths
        .SelectMany(path => path.Scan?.Platforms ?? [])
        .Where(tally => tally.Role is FileRole.Program or FileRole.SharedLibrary && classifier.IsForeign(tally.Platform))
        .GroupBy(tally => tally.Platform!.System)
        .OrderByDescending(group => group.Sum(tally => tally.FileCount))
        .ThenBy(group => group.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.First().Platform;
}
