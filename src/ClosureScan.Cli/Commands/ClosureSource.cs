using System.Collections.Immutable;
using ClosureScan.Cli.Rendering;
using ClosureScan.Paths;
using ClosureScan.Stores;
using ClosureScan.Stores.Caching;
using ClosureScan.Stores.Installables;
using ClosureScan.Stores.Metadata;
using ClosureScan.Stores.Roots;

namespace ClosureScan.Cli.Commands;

/// <summary>
/// Where a call's closure comes from: its stores and roots, where the roots may be installables, which Nix turns into paths, or a file
/// with a closure's metadata, which is a store of its own; or a scan that was saved, which needs no store.
/// </summary>
internal sealed record ClosureSource(IStore Store, ImmutableArray<StorePath> Roots, bool HasContents) : IAsyncDisposable
{
    private FactsCache? _cache;
    private bool _tells;

    /// <summary>The closure, when it was scanned before.</summary>
    public ScannedClosure? Saved { get; private init; }

    public static async Task<ClosureSource> OpenAsync(CommonSettings settings, IReadOnlyList<string> roots, CancellationToken cancellationToken)
    {
        if (FactsFile.Find(roots) is { } saved)
        {
            return new ClosureSource(new ScannedStore(saved), saved.Roots, HasContents: false) { Saved = saved };
        }

        if (settings.File is not null || settings.Expression is not null || roots.Any(Installable.IsFlake))
        {
            return await OpenInstallablesAsync(settings, roots, cancellationToken).ConfigureAwait(false);
        }

        return roots is [var file] && MetadataFile.IsOne(file)
            ? await OpenMetadataAsync(settings, file, cancellationToken).ConfigureAwait(false)
            : await OpenAsync(settings, settings.Stores, roots, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What earlier scans found; null where the call wants none of it, or the store lies on this machine.</summary>
    public FactsCache? OpenCache(CommonSettings settings)
    {
        _tells = !settings.Quiet;
        return settings.UsesCache && Stores.Store.IsDistant(Store) ? _cache ??= FactsCache.Open() : null;
    }

    /// <summary>Closes the store, and tells what came over a network and what did not have to.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_tells && Stores.Store.IsDistant(Store))
        {
            string saved = _cache is { HitCount: > 0 } cache
                ? $"; {Quantity.Count(cache.HitCount, "path")} of {Quantity.Bytes(cache.SavedBytes)} known from earlier scans (--no-cache reads them anew)"
                : "";
            Console.Error.WriteLine($"Fetched {Quantity.Bytes(Stores.Store.BytesFetched(Store))}{saved}.".Replace(StyledWriter.FixedBlank, ' '));
        }

        _cache?.Dispose();
        await Store.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<ClosureSource> OpenInstallablesAsync(CommonSettings settings, IReadOnlyList<string> roots, CancellationToken cancellationToken)
    {
        if (settings.File is not null && settings.Expression is not null)
        {
            throw CommandException.Usage($"--file and --expr are two sources of one thing; say one of them.");
        }

        // Without a file or an expression, store paths and links may stand beside flakes.
        bool areAttributes = settings.File is not null || settings.Expression is not null;
        Installable installable = new() { Names = [.. roots.Where(root => areAttributes || Installable.IsFlake(root))], File = settings.File, Expression = settings.Expression };
        ImmutableArray<StorePath> outputs = settings.Derivations
            ? await InstallableResolver.ResolveDerivationsAsync(installable, cancellationToken).ConfigureAwait(false)
            : await InstallableResolver.ResolveAsync(installable, settings.Builds, cancellationToken).ConfigureAwait(false);
        string[] paths = [.. outputs.Select(path => path.ToString()), .. roots.Except(installable.Names)];

        // What was not built here the substituters may have.
        IReadOnlyList<string> stores = settings.Builds || settings.AreStoresGiven ? settings.Stores : [.. settings.Stores, .. Stores.Store.Substituters];
        return await OpenAsync(settings, stores, paths, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ClosureSource> OpenMetadataAsync(CommonSettings settings, string file, CancellationToken cancellationToken)
    {
        (IStore metadata, ImmutableArray<StorePath> roots) = MetadataFile.Open(file);
        if (roots.IsEmpty)
        {
            throw new CommandException(ExitCode.Nothing, $"{file} tells of no path.");
        }

        if (settings.AreStoresGiven)
        {
            IStore store = await Stores.Store.OpenAsync(settings.Stores, settings.StoreOptions, cancellationToken).ConfigureAwait(false);
            return new ClosureSource(store, roots, HasContents: true);
        }

        return new ClosureSource(metadata, roots, HasContents: roots.All(root => Path.Exists(root.ToString())));
    }

    private static async Task<ClosureSource> OpenAsync(
        CommonSettings settings, IReadOnlyList<string> stores, IReadOnlyList<string> roots, CancellationToken cancellationToken)
    {
        IStore store = await Stores.Store.OpenAsync(stores, settings.StoreOptions, cancellationToken).ConfigureAwait(false);
        try
        {
            SortedSet<StorePath> paths = [];
            foreach (string root in roots)
            {
                foreach (StorePath path in await ResolveOutputsAsync(store, root, cancellationToken).ConfigureAwait(false))
                {
                    paths.Add(settings.Derivations ? await DerivationRoots.OfAsync(store, path, cancellationToken).ConfigureAwait(false) : path);
                }
            }

            return new ClosureSource(store, [.. paths], HasContents: true);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<ImmutableArray<StorePath>> ResolveOutputsAsync(IStore store, string root, CancellationToken cancellationToken)
    {
        if (!DerivationRoots.TrySplit(root, out string derivation, out ImmutableArray<string> outputs))
        {
            return await ResolveAsync(store, root, cancellationToken).ConfigureAwait(false);
        }

        List<StorePath> paths = [];
        foreach (StorePath path in await ResolveAsync(store, derivation, cancellationToken).ConfigureAwait(false))
        {
            paths.AddRange(await DerivationRoots.OutputsAsync(store, path, outputs, cancellationToken).ConfigureAwait(false));
        }

        return [.. paths];
    }

    private static async Task<ImmutableArray<StorePath>> ResolveAsync(IStore store, string root, CancellationToken cancellationToken)
    {
        try
        {
            return await StorePathResolver.ResolveAsync(store, ReportWords.Target(root), cancellationToken).ConfigureAwait(false);
        }
        catch (UnresolvedPathException exception) when (!exception.IsAmbiguous)
        {
            throw new CommandException(ExitCode.Nothing, $"{ErrorText.Of(exception)}{SavedReportFile.Hint(root)}");
        }
    }
}
