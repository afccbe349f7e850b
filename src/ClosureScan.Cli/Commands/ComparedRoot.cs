using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Comparing.Classes;
using ClosureScan.Analysis.Reports;
using ClosureScan.Input;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary>A side of a comparison as a call names it: a closure with the store that it is read from, or a manifest, which needs none.</summary>
internal sealed class ComparedRoot : IAsyncDisposable
{
    private const long MaxManifestLength = 1L << 30;

    private readonly ClosureSource? _source;

    private ComparedRoot(ClosureSource? source, ComparedClosure closure) => (_source, Closure) = (source, closure);

    public ComparedClosure Closure { get; }

    /// <summary>Opens it.</summary>
    /// <param name="store">The side's own store, or null for that of the call.</param>
    /// <param name="root">What the call names.</param>
    /// <param name="settings">The call's settings.</param>
    /// <param name="side">Which side of a manifest it is.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    public static async Task<ComparedRoot> OpenAsync(
        string? store, string root, CommonSettings settings, Func<ClosureClasses, ComparedClosure> side, CancellationToken cancellationToken)
    {
        if (SavedReportFile.IsNamed(root))
        {
            return new ComparedRoot(null, side(ReadManifest(root)));
        }

        ClosureSource source = await ClosureSource.OpenAsync(store is null ? settings : settings with { Stores = [store], AreStoresGiven = true }, [root], cancellationToken).ConfigureAwait(false);
        if (source.Saved is not null)
        {
            throw CommandException.Usage($"{root} is a saved scan, which has not the bytes that are compared: name the closure, or a manifest of compare --manifest.");
        }

        ScannedClosure closure = await ClosureLoader.ScanAsync(source, settings, new ClosureScanOptions { MetadataOnly = true }, cancellationToken).ConfigureAwait(false);
        return new ComparedRoot(source, ComparedClosure.Of(source.Store, closure));
    }

    public ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Reads a manifest.</summary>
    public static ClosureClasses ReadManifest(string file)
    {
        try
        {
            using Stream stream = InputFile.OpenText(file, MaxManifestLength, mayBeSpecial: true);
            return SavedClasses.Read(stream);
        }
        catch (ReportFormatException exception)
        {
            throw CommandException.Usage($"{file} is no manifest of closurescan compare --manifest: {exception.Message}");
        }
    }
}
