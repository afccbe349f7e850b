using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ClosureScan.Analysis.Graph;
using ClosureScan.Evidence;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Benchmarks.Graphs;

/// <summary>
/// A <see cref="StoreShapedGraph"/> as a scan would tell it. In each layer but those of the hubs the last three tenths, roots aside, are of the build
/// side, and a twentieth of the rest has no platform. Every second package comes in three outputs; most packages are there twice, in two
/// versions or for both sides. One to three files hold a reference, out of more files the more a path refers to.
/// </summary>
internal sealed class StoreShapedClosure
{
    /// <summary>Where the closure is to run.</summary>
    internal static readonly Platform Host = System("armv7l-linux");

    private static readonly Platform Build = System("x86_64-linux");
    private static readonly Mechanism[] Carriers = [Mechanism.ElfRunpath, Mechanism.ElfRodata, Mechanism.ScriptBody, Mechanism.PkgConfig, Mechanism.Text];
    private static readonly string[] FileNames = [.. Enumerable.Range(0, 4096).Select(file => $"share/file-{file}")];

    private readonly StoreShapedGraph _store;
    private readonly ClosureGraph _graph;
    private readonly int[] _ranks;
    private readonly StorePath[] _paths;
    private readonly Random _random;

    private StoreShapedClosure(StoreShapedGraph store, int seed, bool isLater)
    {
        _store = store;
        _graph = store.Build();
        _random = new Random(seed);
        _ranks = new int[_graph.NodeCount];
        _paths = new StorePath[_graph.NodeCount];
        bool[] isRebuilt = new bool[_graph.NodeCount];
        for (int rank = 0; rank < _ranks.Length; rank++)
        {
            int node = store.Ranked[rank];
            _ranks[node] = rank;
            isRebuilt[node] = isLater && (IsUpdated(rank) || IsReplaced(rank) || Reaches(node, isRebuilt));
            _paths[node] = Path(node, isLater, isRebuilt[node]);
        }
    }

    /// <summary>The closure; its paths are in the order of the graph's nodes.</summary>
    internal static ScannedClosure Create(StoreShapedGraph store, int seed) => new StoreShapedClosure(store, seed, isLater: false).Scan();

    /// <summary>
    /// The same closure some days later: one path of 100 has a new version, one of 200 gave way to another package, and whatever leads to
    /// one of these is rebuilt.
    /// </summary>
    internal static ScannedClosure CreateLater(StoreShapedGraph store, int seed) => new StoreShapedClosure(store, seed, isLater: true).Scan();

    /// <summary>Whether the path of this rank gives way to another package.</summary>
    internal static bool IsReplaced(int rank) => rank % 200 == 100;

    private static bool IsUpdated(int rank) => rank % 100 == 50;

    private static Platform System(string name) =>
        Platform.TryParse(name, out Platform? platform) ? platform : throw new ArgumentException($"{name} is no system.", nameof(name));

    private bool Reaches(int node, bool[] isRebuilt)
    {
        foreach (int successor in _graph.Successors(node))
        {
            if (isRebuilt[successor])
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOfBuildSide(int rank)
    {
        int layer = _ranks.Length / StoreShapedGraph.Layers;
        return rank > _ranks.Length / 10 && rank < _ranks.Length - _store.Roots.Length && rank % layer >= layer * 7 / 10;
    }

    private StorePath Path(int node, bool isLater, bool isRebuilt)
    {
        int rank = _ranks[node];
        int group = rank / 3;
        int packages = (int)(_ranks.Length / 3 * 0.61);
        bool hasOutputs = group % packages % 2 == 0;
        string package = hasOutputs ? $"package{group % packages}" : $"tool{group % packages}.{rank % 3}";
        string replaced = isLater && IsReplaced(rank) ? $"instead-of-{rank}-" : "";
        string version = isLater && IsUpdated(rank) ? "3.0" : group < packages ? "1.2.1" : "2.0";
        string output = hasOutputs ? (rank % 3) switch { 1 => "-dev", 2 => "-lib", _ => "" } : "";
        string platform = IsOfBuildSide(rank) ? "" : "-armv7l-unknown-linux-gnueabihf";
        return StorePath.Parse($"{StorePath.DefaultStoreDirectory}/{Hash(node, isRebuilt)}-{replaced}{package}{platform}-{version}{output}");
    }

    /// <summary>A hash that sorts like the node, or, rebuilt, as chance will have it.</summary>
    private string Hash(int node, bool isRebuilt)
    {
        var random = new Random(isRebuilt ? ~node : node);
        long first = isRebuilt ? random.NextInt64(1L << 40) : node * ((1L << 40) / _ranks.Length);
        return string.Create(StorePathHash.Length, (first, random), (digits, state) =>
        {
            for (int index = 0; index < digits.Length; index++)
            {
                long digit = index < 8 ? state.first >> (35 - 5 * index) & 31 : state.random.Next(32);
                digits[index] = NixBase32.Alphabet[(int)digit];
            }
        });
    }

    private ScannedClosure Scan() => new()
    {
        StoreDirectory = StorePath.DefaultStoreDirectory,
        Roots = [.. _store.Roots.Select(root => _paths[root]).Order()],
        Paths = [.. Enumerable.Range(0, _paths.Length).Select(Scan).OrderBy(path => path.Info.Path)],
    };

    private ScannedPath Scan(int node)
    {
        ReadOnlySpan<int> successors = _graph.Successors(node);
        int fileCount = Math.Min(FileNames.Length, 4 + _random.Next(20) + 5 * successors.Length);
        var found = new FoundReference[successors.Length];
        for (int index = 0; index < found.Length; index++)
        {
            found[index] = Reference(_paths[successors[index]].Hash, fileCount);
        }

        Array.Sort(found, (left, right) => left.Target.CompareTo(right.Target));
        bool isNeutral = !IsOfBuildSide(_ranks[node]) && _random.Next(20) == 0;
        return new ScannedPath(
            new PathInfo { Path = _paths[node], NarSize = _store.Sizes[node], References = [.. successors.ToArray().Select(successor => _paths[successor]).Order()] },
            new PathScan
            {
                NarSize = _store.Sizes[node],
                FileCount = fileCount,
                ByteCount = _store.Sizes[node],
                References = ImmutableCollectionsMarshal.AsImmutableArray(found),
                Platforms = isNeutral ? [] : [Program(IsOfBuildSide(_ranks[node]) ? Build : Host)],
            });
    }

    private FoundReference Reference(StorePathHash target, int fileCount)
    {
        // Seven of ten by one file, two by two, one by three; files in the order of the NAR.
        int count = _random.Next(10) switch { < 7 => 1, < 9 => 2, _ => 3 };
        int first = _random.Next(fileCount - count + 1);
        var evidence = new ReferenceEvidence[count];
        for (int index = 0; index < count; index++)
        {
            int file = first + index;
            evidence[index] = new ReferenceEvidence
            {
                File = FileNames[file],
                FileSize = 4000,
                Offset = 100,
                NarOffset = 4200L * file + 100,
                Mechanism = Carriers[_random.Next(Carriers.Length)],
                Count = 1,
            };
        }

        return new FoundReference { Target = target, Count = count, FileCount = count, Evidence = EvidenceList.Create(evidence) };
    }

    private static PlatformTally Program(Platform platform) =>
        new() { Role = FileRole.Program, Platform = platform, FileCount = 1, ByteCount = 4000, Files = [] };
}
