using ClosureScan.Analysis.Comparing.Fingerprints;
using ClosureScan.Analysis.Graph;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing;

/// <summary>One side while it is compared: its graph, what is searched for in it, and the fingerprints of its paths.</summary>
internal sealed class ComparedSide
{
    private readonly int[] _nodes;

    public ComparedSide(ComparedClosure closure)
    {
        Closure = closure;
        Graph = ClosureGraph.Create(closure.Paths, closure.Roots);
        PathNames = new NodeNames(Graph);
        Names = new ReferenceNames(Graph.Paths);
        Infos = new PathInfo[Graph.NodeCount];
        foreach (PathInfo info in closure.Paths)
        {
            Graph.TryGetNode(info.Path, out int node);
            Infos[node] = info;
        }

        Fingerprints = new PathFingerprint?[Graph.NodeCount];
        Known = closure.Classes.Where(item => item.Fingerprint is not null).ToDictionary(item => item.Info.Path, item => item.Fingerprint!);
        _nodes = new int[Names.Set.Count];
        for (int index = 0; index < _nodes.Length; index++)
        {
            Graph.TryGetNode(Names.Paths[index], out _nodes[index]);
        }
    }

    public ComparedClosure Closure { get; }

    public ClosureGraph Graph { get; }

    /// <summary>What the names of its paths say.</summary>
    public NodeNames PathNames { get; }

    public ReferenceNames Names { get; }

    /// <summary>What the store tells of each node.</summary>
    public PathInfo[] Infos { get; }

    /// <summary>The fingerprint of each node; null where it could not be read.</summary>
    public PathFingerprint?[] Fingerprints { get; }

    /// <summary>The fingerprints that a manifest told.</summary>
    public IReadOnlyDictionary<StorePath, PathFingerprint> Known { get; }

    /// <summary>The fingerprints by their paths.</summary>
    public Dictionary<StorePath, PathFingerprint> ByPath() =>
        Enumerable.Range(0, Fingerprints.Length).Where(node => Fingerprints[node] is not null).ToDictionary(node => Graph.Paths[node], node => Fingerprints[node]!);

    /// <summary>The node of an index of the reference set.</summary>
    public int NodeOf(int target) => _nodes[target];

    /// <summary>The machine that a node's files are for, else the platform's that its name tells; null for one that may be of any.</summary>
    public string? MachineOf(int node) => Fingerprints[node]?.Machine?.ToString() ?? Family(PathNames.PlatformOf(node));

    /// <summary>The words of <see cref="Machine"/> for a Nix system: levels of ARM are one machine.</summary>
    private static string? Family(string system) =>
        system.Split('-')[0] is { Length: > 0 } cpu ? cpu.StartsWith("armv", StringComparison.Ordinal) ? "arm" : cpu : null;
}
