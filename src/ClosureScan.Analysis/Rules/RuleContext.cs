using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Graph;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Model;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Rules;

/// <summary>A closure as rules see it: the model, the sides, the region that the host needs, and the judges.</summary>
public sealed class RuleContext
{
    private readonly Lazy<TwinIndex> _twins;
    private readonly ConcurrentDictionary<int, TargetFiles> _targets = new();
    private readonly Lazy<Dictionary<StorePathHash, int>> _nodes;

    internal RuleContext(ClosureModel model, SidedClosure sided, Platform? host, LegitimateCode legitimate)
    {
        Model = model;
        Sided = sided;
        Host = host;
        Legitimate = legitimate;
        _twins = new(() => TwinIndex.Create(sided));
        _nodes = new(() => Enumerable.Range(0, Graph.NodeCount).DistinctBy(node => Graph.Paths[node].Hash).ToDictionary(node => Graph.Paths[node].Hash));
    }

    /// <summary>The closure with what is computed of it.</summary>
    public ClosureModel Model { get; }

    /// <summary>Its graph.</summary>
    public ClosureGraph Graph => Model.Graph;

    /// <summary>Where it is to run; null when that is not known.</summary>
    public Platform? Host { get; }

    /// <summary>The nodes that the host needs: what the roots reach through paths that are not of the build side, nearest first.</summary>
    public IReadOnlyList<int> Region => Sided.Region;

    internal SidedClosure Sided { get; }

    internal LegitimateCode Legitimate { get; }

    internal DerivationWitness Witness => Sided.Classifier.Witness;

    /// <summary>On which side a node is.</summary>
    public PathSide SideOf(int node) => Sided.Sides[node];

    /// <summary>The node of that hash; null when the closure has none.</summary>
    public int? NodeOf(StorePathHash hash) => _nodes.Value.TryGetValue(hash, out int node) ? node : null;

    /// <summary>What is wrong with files of a path, or texts in them: a finding with one occurrence a file and mechanism.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="node">The path, of the region.</param>
    /// <param name="target">What it is about, without hashes and versions.</param>
    /// <param name="evidence">The hits; at least one.</param>
    /// <param name="judge">What a hit does on the host.</param>
    /// <param name="advise">What to do about a hit that does that.</param>
    public Finding Describe(
        Rule rule, int node, string target, IEnumerable<ReferenceEvidence> evidence, Func<ReferenceEvidence, Effect> judge, Func<ReferenceEvidence?, Effect, string> advise)
    {
        ArgumentNullException.ThrowIfNull(rule);
        StorePath path = Graph.Paths[node];
        return new Finding
        {
            Rule = rule.Id,
            From = path,
            Target = target,
            Chain = Sided.ChainTo(node),
            Occurrences = OccurrenceBuilder.Build(rule, path, target, evidence, judge, advise),
            FreedBytes = 0,
        };
    }

    /// <summary>References from one path to another that are wrong: a finding with one occurrence a file and mechanism.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="node">The path that refers, of the region.</param>
    /// <param name="to">The path that is referred to; it need not be in the closure.</param>
    /// <param name="evidence">The hits; without any the finding has one occurrence that names no file.</param>
    /// <param name="judge">What a hit does on the host.</param>
    /// <param name="advise">What to do about a hit that does that; the hit is null where the bytes were not read.</param>
    public Finding Describe(
        Rule rule, int node, StorePath to, IEnumerable<ReferenceEvidence> evidence, Func<ReferenceEvidence, Effect> judge, Func<ReferenceEvidence?, Effect, string> advise)
    {
        ArgumentNullException.ThrowIfNull(to);
        Finding finding = Describe(rule, node, PackageNames.Of(to), evidence, judge, advise);
        return finding with { To = to, Chain = finding.Chain.Add(to), FreedBytes = FreedBy(node, to, finding) };
    }

    /// <summary>Who judges what a path holds.</summary>
    internal EffectJudge JudgeOf(int node) => new(Graph.Paths[node], TargetFiles.Unknown);

    /// <summary>Who judges what a path holds of another.</summary>
    internal EffectJudge JudgeOf(int node, int target) => new(
        Graph.Paths[node], _targets.GetOrAdd(target, static (at, model) => TargetFiles.Of(model.ScanOf(at)), Model), Witness.IsMeantForHost(Graph.Paths[node], Graph.Paths[target]));

    internal StorePath? TwinOf(StorePath foreign) => _twins.Value.Find(foreign);

    /// <summary>What leaves the closure when the reference does; nothing when other files than those of the finding hold it too.</summary>
    private long FreedBy(int node, StorePath to, Finding finding)
    {
        if (!Graph.TryGetNode(to, out int target) || Graph.FindEdge(node, target) is not (>= 0 and int edge))
        {
            return 0;
        }

        int places = Model.FindReference(node, target)?.Evidence.Select(item => (item.File, item.Mechanism)).Distinct().Count() ?? 0;
        return finding.Occurrences.Length >= places ? Model.Edits.FreedByEdge(edge) : 0;
    }
}
