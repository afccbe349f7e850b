using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Stores;

/// <summary>The paths that roots reach by the references a store claims, sorted, with what is missing.</summary>
internal sealed record ClosureWalk(ImmutableArray<PathInfo> Infos, ImmutableArray<ScanProblem> Problems)
{
    public static async Task<ClosureWalk> RunAsync(
        IStore store, ImmutableArray<StorePath> roots, IProgress<ScanProgress>? progress, CancellationToken cancellationToken)
    {
        HashSet<StorePath> seen = [.. roots];
        Queue<(StorePath Path, StorePath? Referrer)> ahead = new(roots.Select(root => (root, (StorePath?)null)));
        List<PathInfo> infos = [];
        List<ScanProblem> problems = [];
        while (ahead.TryDequeue(out (StorePath Path, StorePath? Referrer) next))
        {
            PathInfo? info = await store.QueryAsync(next.Path, cancellationToken).ConfigureAwait(false);
            if (info is null)
            {
                problems.Add(next.Referrer is null
                    ? throw new StoreException($"{next.Path} is not in {store.Location}.")
                    : new ScanProblem(next.Path.ToString(), $"not in {store.Location}, but {next.Referrer} refers to it: copy the whole closure there (nix copy)."));
                continue;
            }

            infos.Add(info);
            foreach (StorePath reference in info.References)
            {
                if (seen.Add(reference))
                {
                    ahead.Enqueue((reference, next.Path));
                }
            }

            progress?.Report(new ScanProgress(0, seen.Count, 0, null));
        }

        infos.Sort(static (left, right) => left.Path.CompareTo(right.Path));
        problems.Sort(static (left, right) => string.CompareOrdinal(left.Path, right.Path));
        return new ClosureWalk([.. infos], [.. problems]);
    }
}
