using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Stores;

/// <summary>The paths that roots reach by the references a store claims, sorted, with what is missing or malformed.</summary>
internal sealed record ClosureWalk(ImmutableArray<PathInfo> Infos, ImmutableArray<ScanProblem> Problems)
{
    // Half of what a number holds: the other half is for what is measured where nothing is claimed.
    private const long MaxTotalSize = 1L << 62;

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
        DropImpossibleSizes(infos, problems);
        return new ClosureWalk([.. infos], [.. problems.OrderBy(static problem => problem.Path, StringComparer.Ordinal)]);
    }

    /// <summary>Forgets sizes that no closure can have, so that every sum of sizes behind here fits a number: below 0, or past <see cref="MaxTotalSize"/> in all.</summary>
    private static void DropImpossibleSizes(List<PathInfo> infos, ConcurrentBag<ScanProblem> problems)
    {
        long total = 0;
        for (int index = 0; index < infos.Count; index++)
        {
            if (infos[index].NarSize is not { } size)
            {
                continue;
            }

            if (size < 0 || size > MaxTotalSize - total)
            {
                problems.Add(new ScanProblem(infos[index].Path.ToString(), $"the store claims a NAR of {size} bytes, which cannot be. Repair its metadata, or copy the path anew."));
                infos[index] = infos[index] with { NarSize = null };
            }
            else
            {
                total += size;
            }
        }
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
