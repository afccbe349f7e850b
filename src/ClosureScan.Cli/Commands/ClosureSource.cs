using System.Collections.Immutable;
using ClosureScan.Cli.Rendering;
using ClosureScan.Paths;
using ClosureScan.Stores;
using ClosureScan.Stores.Installables;
using ClosureScan.Stores.Metadata;

namespace ClosureScan.Cli.Commands;

/// <summary>
/// Where a call's closure comes from: its stores and roots, where the roots may be installables, which Nix turns into paths, or a file
/// with a closure's metadata, which is a store of its own; or a scan that was saved, which needs no store.
/// </summary>
internal sealed record ClosureSource(IStore Store, ImmutableArray<StorePath> Roots, bool HasContents) : IAsyncDisposable
{
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

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private static async Task<ClosureSource> OpenInstallablesAsync(CommonSettings settings, IReadOnlyList<string> roots, CancellationToken cancellationToken)
    {
        if (settings.File is not null && settings.Expression is not null)
        {
            throw CommandException.Usage($"--file and --expr are two sources of one thing; say one of them.");
        }

        // Without a file or an expression, store paths and links may stand beside flakes.
        bool areAttributes = settings.File is not null || settings.Expression is not null;
        Installable installable = new() { Names = [.. roots.Where(root => areAttributes || Installable.IsFlake(root))], File = settings.File, Expression = settings.Expression };
        ImmutableArray<StorePath> outputs = await InstallableResolver.ResolveAsync(installable, settings.Builds, cancellationToken).ConfigureAwait(false);
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
                paths.UnionWith(await ResolveAsync(store, root, cancellationToken).ConfigureAwait(false));
            }

            return new ClosureSource(store, [.. paths], HasContents: true);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<ImmutableArray<StorePath>> ResolveAsync(IStore store, string root, CancellationToken cancellationToken)
    {
        try
        {
            return await StorePathResolver.ResolveAsync(store, root, cancellationToken).ConfigureAwait(false);
        }
        catch (UnresolvedPathException exception) when (!exception.IsAmbiguous)
        {
            throw new CommandException(ExitCode.Nothing, $"{ErrorText.Of(exception)}{SavedReportFile.Hint(root)}");
        }
    }
}
