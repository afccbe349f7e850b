using ClosureScan.Analysis.Graph;

namespace ClosureScan.Benchmarks.Graphs;

/// <summary>
/// A made-up store with a real one's shape: 40 layers; a third of the references go to a few hubs (libc, bash) by a power law,
/// the rest to near relatives some layers below; every path but the roots has a referrer; few paths refer to hundreds; sizes are
/// log-normal, 60 KB in the middle. Path order is that of hashes, so numbers say nothing about layers. Named by its seed.
/// </summary>
internal sealed class StoreShapedGraph
{
    internal const int Layers = 40;

    private readonly Random _random;
    private readonly int _nodeCount;
    private readonly int[] _lastSource;

    private StoreShapedGraph(int nodeCount, int edgeCount, int seed)
    {
        _random = new Random(seed);
        _nodeCount = nodeCount;
        _lastSource = new int[nodeCount];
        Sources = new List<int>(edgeCount + nodeCount / 4);
        Targets = new List<int>(edgeCount + nodeCount / 4);
        Array.Fill(_lastSource, -1);
        Generate(edgeCount);
    }

    internal List<int> Sources { get; }

    internal List<int> Targets { get; }

    internal long[] Sizes { get; private set; } = [];

    internal int[] Roots { get; private set; } = [];

    /// <summary>Node of each rank; rank 0 is libc, the highest are the roots.</summary>
    internal int[] Ranked { get; private set; } = [];

    internal static StoreShapedGraph Create(int nodeCount, int edgeCount, int seed) => new(nodeCount, edgeCount, seed);

    internal ClosureGraph Build() => ClosureGraphBuilder.Build(
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Sources),
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Targets),
        Sizes,
        Roots);

    private void Generate(int edgeCount)
    {
        int rootCount = 1 + _nodeCount / 20_000;
        double[] appetites = new double[_nodeCount];
        double sum = 0;
        for (int rank = 0; rank < _nodeCount; rank++)
        {
            appetites[rank] = Math.Exp(Normal());
            sum += appetites[rank];
        }

        bool[] hasReferrer = new bool[_nodeCount];
        for (int rank = _nodeCount - 1; rank > 0; rank--)
        {
            double share = appetites[rank] * edgeCount / sum;
            int degree = (int)share + (_random.NextDouble() < share - (int)share ? 1 : 0);
            if (rank >= _nodeCount - rootCount)
            {
                degree = Math.Min(rank, 400);
            }
            else if (!hasReferrer[rank])
            {
                Add(Math.Min(_nodeCount - 1, rank + 1 + _random.Next(_nodeCount / Layers)), rank);
            }

            for (int i = 0; i < degree; i++)
            {
                int target = Target(rank);
                for (int attempt = 0; attempt < 4 && _lastSource[target] == rank; attempt++)
                {
                    target = Target(rank);
                }

                if (_lastSource[target] != rank)
                {
                    _lastSource[target] = rank;
                    hasReferrer[target] = true;
                    Add(rank, target);
                }
            }
        }

        Ranked = [.. Enumerable.Range(0, _nodeCount)];
        _random.Shuffle(Ranked);
        for (int edge = 0; edge < Sources.Count; edge++)
        {
            Sources[edge] = Ranked[Sources[edge]];
            Targets[edge] = Ranked[Targets[edge]];
        }

        Sizes = new long[_nodeCount];
        for (int node = 0; node < _nodeCount; node++)
        {
            Sizes[node] = 120 + (long)Math.Exp(11 + 2.2 * Normal());
        }

        Roots = Ranked[^rootCount..];
    }

    private void Add(int source, int target)
    {
        Sources.Add(source);
        Targets.Add(target);
    }

    private int Target(int rank)
    {
        if (_random.Next(3) == 0)
        {
            return (int)(Math.Pow(_random.NextDouble(), 4) * Math.Min(rank, _nodeCount / 10 + 1));
        }

        // A relative: the same place in its layer, give or take a hundredth, one layer below or some.
        double layerSize = (double)_nodeCount / Layers;
        double below = (1 + Math.Floor(-Math.Log(1 - _random.NextDouble()))) * layerSize;
        int target = (int)(rank - below + 0.01 * layerSize * Normal());
        return target >= 0 && target < rank ? target : _random.Next(rank);
    }

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
