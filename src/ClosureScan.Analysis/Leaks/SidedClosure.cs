using System.Collections.Immutable;
using ClosureScan.Analysis.Graph;

namespace ClosureScan.Analysis.Leaks;

/// <summary>The closure with the side of each path, and the region of it that the host needs. Indices are the graph's nodes.</summary>
internal sealed class SidedClosure
{
    private SidedClosure(ClosureGraph graph, PathClassifier classifier)
    {
        Graph = graph;
        Classifier = classifier;
        Sides = new PathSide[graph.NodeCount];
        Platforms = new ImmutableArray<string>[graph.NodeCount];
        Reasons = new string[graph.NodeCount];
        Explained = new LegitimateKind?[graph.NodeCount];
        Code = new PathCode[graph.NodeCount];
        Array.Fill(Code, PathCode.None);
        Parents = new int[graph.NodeCount];
    }

    public ClosureGraph Graph { get; }

    public PathClassifier Classifier { get; }

    public PathSide[] Sides { get; }

    public ImmutableArray<string>[] Platforms { get; }

    public string[] Reasons { get; }

    /// <summary>The code of each node, judged file by file.</summary>
    public PathCode[] Code { get; }

    /// <summary>The kind but for which a node would be foreign; null for most.</summary>
    public LegitimateKind?[] Explained { get; }

    /// <summary>The nodes that the roots reach through paths that are not foreign, in breadth-first order.</summary>
    public List<int> Region { get; } = [];

    /// <summary>For a node of the region, the one before it on a shortest chain inside the region; itself for a root; -1 elsewhere.</summary>
    public int[] Parents { get; }

    public static SidedClosure Create(ScannedClosure closure, ClosureGraph graph, PathClassifier classifier)
    {
        SidedClosure sided = new(graph, classifier);
        foreach (ScannedPath path in closure.Paths)
        {
            if (graph.TryGetNode(path.Info.Path, out int node))
            {
                PathClassification classification = classifier.Classify(path);
                sided.Sides[node] = classification.Side;
                sided.Platforms[node] = classification.Platforms;
                sided.Reasons[node] = classification.Because;
                sided.Explained[node] = classification.Explained;
                sided.Code[node] = classification.Code;
            }
        }

        sided.JudgeRoots();
        sided.JudgeWrappers();
        sided.WalkRegion();
        return sided;
    }

    /// <summary>The chain from a root to a node of the region, both included.</summary>
    public ImmutableArray<Paths.StorePath> ChainTo(int node)
    {
        List<Paths.StorePath> chain = [Graph.Paths[node]];
        for (; Parents[node] != node; node = Parents[node])
        {
            chain.Add(Graph.Paths[Parents[node]]);
        }

        chain.Reverse();
        return [.. chain];
    }

    /// <summary>A root is what the host asked for, whatever it is built for: its foreign files are findings, not a reason to look away.</summary>
    private void JudgeRoots()
    {
        foreach (int root in Graph.Roots)
        {
            if (Sides[root] == PathSide.Foreign)
            {
                Sides[root] = PathSide.Mixed;
                Reasons[root] = "a root, and yet " + Reasons[root];
            }
        }
    }

    /// <summary>A compiler wrapper is text; it belongs where what it wraps belongs. Wrappers wrap wrappers, so this runs until nothing changes.</summary>
    private void JudgeWrappers()
    {
        List<int> wrappers = [];
        for (int node = 0; node < Graph.NodeCount; node++)
        {
            if (Sides[node] == PathSide.Neutral && PathClassifier.IsToolchainWrapper(Graph.Paths[node].Name) && !Graph.Roots.Contains(node) && !Classifier.IsCrossTool(Graph.Paths[node].Name))
            {
                wrappers.Add(node);
            }
        }

        while (wrappers.RemoveAll(JudgeWrapper) > 0)
        {
        }
    }

    private bool JudgeWrapper(int node)
    {
        foreach (int successor in Graph.Successors(node))
        {
            if (Sides[successor] == PathSide.Foreign)
            {
                Sides[node] = PathSide.Foreign;
                Reasons[node] = $"a compiler wrapper that refers to {Graph.Paths[successor].Name}";
                return true;
            }
        }

        return false;
    }

    private void WalkRegion()
    {
        Array.Fill(Parents, -1);
        foreach (int root in Graph.Roots)
        {
            Parents[root] = root;
            Region.Add(root);
        }

        for (int next = 0; next < Region.Count; next++)
        {
            foreach (int successor in Graph.Successors(Region[next]))
            {
                if (Parents[successor] < 0 && Sides[successor] != PathSide.Foreign)
                {
                    Parents[successor] = Region[next];
                    Region.Add(successor);
                }
            }
        }
    }
}
