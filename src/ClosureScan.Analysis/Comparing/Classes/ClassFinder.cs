using System.Collections.Immutable;
using ClosureScan.Analysis.Comparing.Fingerprints;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Comparing.Classes;

/// <summary>
/// The class of every path of a closure: the content-addressed path that <c>nix store make-content-addressed</c> would give it, dependencies
/// first. Equal contents and equal references give equal classes, whoever built them where. Each path is read once.
/// </summary>
internal static class ClassFinder
{
    /// <summary>Finds the classes.</summary>
    /// <param name="closure">The closure.</param>
    /// <param name="algorithm">How; the default is what Nix does today.</param>
    /// <param name="cancellationToken">Ends the search with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="IOException">A path cannot be read.</exception>
    /// <exception cref="Nar.NarFormatException">A path's contents are no NAR.</exception>
    public static async Task<ImmutableDictionary<StorePath, StorePath>> FindAsync(
        ComparedClosure closure, ClassAlgorithm algorithm = ClassAlgorithm.NarModuloWithPositions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(closure);
        ComparedSide side = new(closure);
        StorePath?[] classes = new StorePath?[side.Graph.NodeCount];
        foreach (int node in DependenciesFirst(side))
        {
            cancellationToken.ThrowIfCancellationRequested();
            PathInfo info = side.Infos[node];
            side.Names.Set.TryGetIndex(info.Path.Hash, out int self);
            using ModuloStream stream = new(side.Names, self, target => classes[side.NodeOf(target)]);
            NarModuloHasher hasher = new(stream);
            await ContentWalk.RunAsync(closure.Store, info, hasher, cancellationToken).ConfigureAwait(false);
            classes[node] = Address(info, stream.Finish(algorithm), reference => side.Graph.TryGetNode(reference, out int other) && other != node ? classes[other] : null);
        }

        return Enumerable.Range(0, classes.Length).ToImmutableDictionary(node => side.Graph.Paths[node], node => classes[node]!);
    }

    private static StorePath Address(PathInfo info, NarHash hash, Func<StorePath, StorePath?> become) =>
        ContentAddress.TryParse($"fixed:r:{hash}", out ContentAddress? address)
            ? address!.PathFor(info.Path, [.. (info.References ?? []).Select(reference => become(reference) ?? reference).Order()])
            : throw new InvalidOperationException("A SHA-256 is a content address.");

    /// <summary>Depth first, without recursion: closures are thousands deep at times.</summary>
    private static IEnumerable<int> DependenciesFirst(ComparedSide side)
    {
        bool[] seen = new bool[side.Graph.NodeCount];
        Stack<(int Node, int Next)> open = new();
        for (int start = 0; start < seen.Length; start++)
        {
            if (!seen[start])
            {
                seen[start] = true;
                open.Push((start, 0));
            }

            while (open.TryPop(out (int Node, int Next) top))
            {
                ReadOnlySpan<int> successors = side.Graph.Successors(top.Node);
                if (top.Next == successors.Length)
                {
                    yield return top.Node;
                    continue;
                }

                int next = successors[top.Next];
                open.Push((top.Node, top.Next + 1));
                if (!seen[next])
                {
                    seen[next] = true;
                    open.Push((next, 0));
                }
            }
        }
    }
}
