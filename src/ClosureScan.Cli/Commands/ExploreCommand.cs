using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.CommandLine;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Cli.Explorer;
using ClosureScan.Cli.Rendering;
using ClosureScan.Paths;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan explore ROOT...</c>: a walk through the closure in the terminal.</summary>
internal static class ExploreCommand
{
    public static Command Create()
    {
        Argument<string[]> roots = new("ROOT") { Description = "Store paths, links to them (./result), base names, starts of hashes or globs; or a file that scan wrote with --report facts=FILE or --format json.", Arity = ArgumentArity.OneOrMore };
        Option<string?> before = new("--before") { Description = "A closure to compare with, written like ROOT: d shows what came, changed and went since.", HelpName = "CLOSURE" };
        Option<string?> beforeStore = new("--before-store") { Description = "Where that closure lives. Default: --store.", HelpName = "URI" };
        Option<string> depth = new("--depth")
        {
            Description = "How much to read first. contents: everything, so that findings are known. metadata: nothing; the bytes of a path are read when the cursor comes to it.",
            HelpName = "DEPTH",
            DefaultValueFactory = _ => "contents",
        };
        depth.AcceptOnlyFromAmong("contents", "metadata");
        CommonOptions common = new("text");
        Command command = new("explore", "Walk through the closure of ROOT in the terminal, with the bytes behind every reference.") { roots, before, beforeStore, depth };
        common.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(
            common.Read(result), result.GetValue(roots)!, result.GetValue(before), result.GetValue(beforeStore), result.GetValue(depth) == "metadata", cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommonSettings settings, string[] roots, string? before, string? beforeStore, bool isMetadata, CancellationToken cancellationToken)
    {
        // Before the scan, which may take minutes.
        if (TerminalSession.Refusal is { } refusal)
        {
            throw CommandException.Usage($"{refusal}");
        }

        ClosureDiff? diff = null;
        ClosureReport? saved = SavedReportFile.Find(settings, roots);
        await using ClosureSource? source = saved is null ? await ClosureSource.OpenAsync(settings, roots, cancellationToken).ConfigureAwait(false) : null;
        ScannedClosure closure = saved?.Closure
            ?? await ClosureLoader.ScanAsync(source!, settings, ClosureScanOptions.Default with { MetadataOnly = isMetadata }, cancellationToken).ConfigureAwait(false);
        ClosureReport report = saved ?? ClosureAnalyzer.Analyze(closure, settings.AnalysisOptions, cancellationToken);
        if (before is not null)
        {
            CommonSettings other = beforeStore is null ? settings : settings with { Stores = [beforeStore], AreStoresGiven = true };
            ClosureReport earlier = await ClosureLoader.AnalyzeAsync(other, [before], ClosureScanOptions.Default with { MetadataOnly = isMetadata }, cancellationToken).ConfigureAwait(false);
            diff = ClosureDiff.Compare(ClosureSnapshot.Of(earlier), ClosureSnapshot.Of(report));
        }

        using BytesOnDemand? bytes = source is { HasContents: true } ? new BytesOnDemand(source.Store, closure, cancellationToken) : null;
        ClosureExplorer explorer = new(new ClosureView(report, diff, bytes is null ? null : bytes.Read), CallOf(settings, roots));
        TerminalSession.Run(explorer, Terminal.ForOutput(settings.Color, settings.Width).Color, redraw => bytes?.Arrived = redraw, cancellationToken);
        return report.Closure.IsComplete ? ExitCode.Clean : ExitCode.Incomplete;
    }

    /// <summary>What a command to copy says for the closure.</summary>
    private static string CallOf(CommonSettings settings, string[] roots) => string.Join(
        " ", (settings.AreStoresGiven ? settings.Stores.SelectMany(store => (string[])["--store", store]) : []).Concat(roots).Select(Quote));

    private static string Quote(string text) =>
        text.All(character => char.IsAsciiLetterOrDigit(character) || "/._-+:=@%,#".Contains(character, StringComparison.Ordinal)) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Reads paths from the open store as somebody asks for them, one at a time, and says when one has arrived.</summary>
    private sealed class BytesOnDemand(IStore store, ScannedClosure closure, CancellationToken cancellationToken) : IDisposable
    {
        private readonly ConcurrentDictionary<StorePath, PathScan?> _scans = new();
        private readonly SemaphoreSlim _one = new(1, 1);

        /// <summary>Called when bytes have arrived.</summary>
        public Action Arrived { get; set; } = () => { };

        public void Dispose() => _one.Dispose();

        public PathScan? Read(int node)
        {
            StorePath path = closure.Paths[node].Info.Path;
            if (_scans.TryGetValue(path, out PathScan? scan))
            {
                return scan;
            }

            _scans[path] = null;
            _ = Task.Run(() => ReadAsync(path), cancellationToken);
            return null;
        }

        private async Task ReadAsync(StorePath path)
        {
            await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                ScannedClosure read = await ClosureScanner.ReadAsync(store, closure, [path], ClosureScanOptions.Default with { Jobs = 1 }, null, cancellationToken).ConfigureAwait(false);
                _scans[path] = read.Paths.FirstOrDefault(other => other.Info.Path.Equals(path))?.Scan;
            }
            catch (StoreException)
            {
                // What cannot be read stays unread, as the screen says.
            }
            finally
            {
                _one.Release();
            }

            Arrived();
        }
    }
}
