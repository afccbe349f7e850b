using ClosureScan.Analysis.Graph;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Comparing;

/// <summary>What the names of a closure's paths say, each taken apart once and when it is asked for.</summary>
internal sealed class NodeNames(ClosureGraph graph)
{
    private readonly StorePathName?[] _names = new StorePathName[graph.NodeCount];
    private readonly string?[] _platforms = new string?[graph.NodeCount];

    /// <summary>The package, output and, if asked for, version that two paths must share to be one.</summary>
    public (string Package, string? Output, string? Version) NameOf(int node, bool withVersion = true)
    {
        StorePathName name = Parse(node);
        return (name.PackageName, name.Output, withVersion ? name.Version : null);
    }

    /// <summary>The platform that a node's name tells; empty where it tells none.</summary>
    public string PlatformOf(int node)
    {
        if (_platforms[node] is not { } platform)
        {
            StorePathName name = Parse(node);
            platform = _platforms[node] = (name.Host ?? name.Target)?.System ?? "";
        }

        return platform;
    }

    private StorePathName Parse(int node) => _names[node] ??= StorePathName.Parse(graph.Paths[node].Name);
}
