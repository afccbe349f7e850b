using System.Collections.Immutable;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Paths;
using ClosureScan.Stores;
using ClosureScan.Stores.Roots;

namespace ClosureScan.Fleet.Planning;

/// <summary>
/// Where an evaluation's jobs come from: a Hydra, or its answer in a file; a list of paths, the lines of nix-eval-jobs, a folder of nixpkgs-review;
/// names and globs of paths of the cache; or, where nothing is said, every path that the cache lists.
/// </summary>
internal static class RootSource
{
    /// <summary>What stands for every path that the caches list.</summary>
    public const string All = "all";

    /// <summary>Finds the jobs.</summary>
    /// <param name="source">What the user said.</param>
    /// <param name="caches">The caches, in their order.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="FleetException">It cannot be read.</exception>
    /// <exception cref="UnresolvedPathException">No path is called so, or several are.</exception>
    /// <exception cref="RootListException">The list is damaged.</exception>
    public static async Task<EvaluationRoots> FindAsync(string source, IReadOnlyList<IStore> caches, CancellationToken cancellationToken)
    {
        if (source == All)
        {
            return await ListAsync(caches, cancellationToken).ConfigureAwait(false);
        }

        if (HydraEvaluation.IsAddress(source))
        {
            return await HydraEvaluation.FetchAsync(source, cancellationToken).ConfigureAwait(false);
        }

        if (File.Exists(source) && await IsHydraAsync(source, cancellationToken).ConfigureAwait(false))
        {
            await using FileStream file = File.OpenRead(source);
            return await HydraEvaluation.ReadAsync(file, source, Path.GetFileNameWithoutExtension(source), cancellationToken).ConfigureAwait(false);
        }

        if (!StorePath.TryParse(source, out _) && (File.Exists(source) || Directory.Exists(source)))
        {
            RootList list = RootList.Load(source);
            return new EvaluationRoots(Path.GetFileNameWithoutExtension(source.TrimEnd('/')), [.. list.Roots.Select(root => new PlannedJob(root.Name, root.Path))], list.Problems);
        }

        ImmutableArray<StorePath> roots = await StorePathResolver.ResolveAsync(caches[0], source, cancellationToken).ConfigureAwait(false);
        return new EvaluationRoots(source, Name(roots), []);
    }

    private static async Task<EvaluationRoots> ListAsync(IReadOnlyList<IStore> caches, CancellationToken cancellationToken)
    {
        HashSet<StorePath> paths = [];
        foreach (IStore store in caches)
        {
            IListableStore listable = store as IListableStore
                ?? throw new FleetException(ErrorKind.Unknown, $"{store.Location} cannot list its paths. Name the roots: --roots FILE, a Hydra evaluation, or globs.");

            // Derivations are how things are built, and refer to what builds them: they run nowhere.
            await foreach (StorePath path in listable.ListAsync(cancellationToken).ConfigureAwait(false))
            {
                if (!path.Name.EndsWith(".drv", StringComparison.Ordinal))
                {
                    paths.Add(path);
                }
            }
        }

        return new EvaluationRoots(All, Name(paths.Order()), []);
    }

    /// <summary>Jobs for paths that nobody named: by what follows their hash, which the next evaluation has too, unless two have the same.</summary>
    private static ImmutableArray<PlannedJob> Name(IEnumerable<StorePath> paths) =>
        [.. paths.GroupBy(path => path.Name, StringComparer.Ordinal).SelectMany(group => group.Count() == 1 ? [new PlannedJob(group.Key, group.First())] : group.Select(path => new PlannedJob(path.BaseName, path)))];

    private static async Task<bool> IsHydraAsync(string file, CancellationToken cancellationToken)
    {
        // A list of nix build has drvPath and outputs; a build of Hydra says which job it is of.
        byte[] start = new byte[4096];
        await using FileStream stream = File.OpenRead(file);
        int length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        ReadOnlySpan<byte> text = start.AsSpan(0, length).TrimStart(" \t\r\n"u8);
        return text.StartsWith("["u8) && (text.IndexOf("\"buildoutputs\""u8) >= 0 || text.IndexOf("\"jobset\""u8) >= 0);
    }
}
