using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Stores;

/// <summary>The paths that roots reach by the references a store claims, sorted, with what is missing or malformed.</summary>
internal sealed record ClosureWalk(ImmutableArray<PathInfo> Infos, ImmutableArray<ScanProblem> Problems)
{
    /// <summary>
    /// Walks breadth-first, each level with several queries at once: levels are few and wide, and a bare directory
    /// answers a query by reading the path's contents.
    /// </summary>
    /// <exception cref="StoreException">A root is missing, or what the store claims of it is malformed.</exception>
    public static async Task<ClosureWalk> RunAsync(
        IStore store, ImmutableArray<StorePath> roots, int jobs, IProgress<ScanProgress>? progress, CancellationToken cancellationToken)
    {
        HashSet<StorePath> seen = [.. roots];
        List<PathInfo> infos = [];
        ConcurrentBag<ScanProblem> problems = [];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken };
        (StorePath Path, StorePath? Referrer)[] level = [.. roots.Select(root => (root, (StorePath?)null))];
        while (level.Length > 0)
        {
            PathInfo?[] found = new PathInfo?[level.Length];
            await Parallel.ForAsync(0, level.Length, parallel, async (index, token) =>
            {
                found[index] = await QueryAsync(store, level[index].Path, level[index].Referrer, problems, token).ConfigureAwait(false);
            }).ConfigureAwait(false);

            List<(StorePath, StorePath?)> next = [];
            foreach (PathInfo info in found.OfType<PathInfo>())
            {
                infos.Add(info);
                next.AddRange(info.References.Where(seen.Add).Select(reference => (reference, (StorePath?)info.Path)));
            }

            level = [.. next];
            progress?.Report(new ScanProgress(0, seen.Count, 0, null));
        }

        infos.Sort(static (left, right) => left.Path.CompareTo(right.Path));
        return new ClosureWalk([.. infos], [.. problems.OrderBy(static problem => problem.Path, StringComparer.Ordinal)]);
    }

    /// <summary>What the store claims of a path; null, and a problem, when it is missing or malformed and no root.</summary>
    private static async ValueTask<PathInfo?> QueryAsync(
        IStore store, StorePath path, StorePath? referrer, ConcurrentBag<ScanProblem> problems, CancellationToken cancellationToken)
    {
        string problem;
        try
        {
            if (await store.QueryAsync(path, cancellationToken).ConfigureAwait(false) is { } info)
            {
                return info;
            }

            problem = referrer is null
                ? throw new StoreException($"{path} is not in {store.Location}.")
                : $"not in {store.Location}, but {referrer} refers to it: copy the whole closure there (nix copy).";
        }
        catch (StoreException exception) when (referrer is not null)
        {
            problem = exception.Message;
        }

        problems.Add(new ScanProblem(path.ToString(), problem));
        return null;
    }
}
