using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Reports;
using ClosureScan.Analysis.Rules;
using ClosureScan.Evidence;
using ClosureScan.Nar;
using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Scanning;
using ClosureScan.Stores.Compression;

namespace ClosureScan.Analysis;

/// <summary>
/// What one NAR says by itself, without a store: its platforms, the store paths that it spells out, and what in it cannot run on the host. Which
/// paths it refers to nobody told, so they are unknown: none is missing, and none undeclared. Immutable.
/// </summary>
public sealed record NarReport
{
    /// <summary>Longer than the magic of any format that is recognised.</summary>
    private const int MagicLength = 16;

    /// <summary>What was found and judged, as of a closure of this path alone.</summary>
    public required ClosureReport Report { get; init; }

    /// <summary>The findings.</summary>
    public ImmutableArray<Finding> Findings => Report.Findings;

    /// <summary>What the bytes say: size and hash of the NAR, platforms of its binaries, problems.</summary>
    public PathScan Scan => Report.Closure.Paths[0].Scan!;

    /// <summary>The store paths that its files and links spell out, with the places that do.</summary>
    public ImmutableArray<FoundReference> StorePaths => Scan.Undeclared;

    /// <summary>Reads a NAR to its end and judges it. Memory: bounded, whatever its size. The pipe is not completed.</summary>
    /// <param name="nar">The archive, such as the body of a request.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the reading within a moment.</param>
    /// <exception cref="NarFormatException">The bytes are no NAR; where they are compressed, the message says how.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the token is the caller's.</exception>
    public static async Task<NarReport> ScanAsync(PipeReader nar, NarReportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(nar);
        options ??= NarReportOptions.Default;
        PathScanner scanner = new(ReferenceSet.Create(Enumerable.Empty<StorePathHash>()), new ScanOptions { Deep = true, ComputeNarHash = true });
        PathScan scan;
        if (await FindDecoderAsync(nar, cancellationToken).ConfigureAwait(false) is { } decoder)
        {
            if (!options.Decompress)
            {
                throw new NarFormatException(NarError.NotAnArchive, 0, "", $"the bytes are {decoder.Name}, not a NAR: undo the compression, or ask for {nameof(NarReportOptions)}.{nameof(NarReportOptions.Decompress)}");
            }

            // A decoder reads its stream when it is asked for bytes, and blocks.
            scan = await Task.Run(
                async () =>
                {
                    using Stream plain = decoder.Open(nar.AsStream(leaveOpen: true));
                    return await scanner.ScanNarAsync(PipeReader.Create(plain), cancellationToken).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
        else
        {
            scan = await scanner.ScanNarAsync(nar, cancellationToken).ConfigureAwait(false);
        }

        StorePath path = options.Path ?? StorePath.Parse($"{StorePath.DefaultStoreDirectory}/{new string('0', StorePathHash.Length)}-nar");
        ScannedClosure closure = new()
        {
            StoreDirectory = path.StoreDirectory,
            Roots = [path],
            Paths = [new ScannedPath(new PathInfo { Path = path, NarSize = scan.NarSize, NarHash = scan.NarHash }, scan)],
            Problems = scan.Problems,
        };
        AnalysisOptions analysis = new() { Host = options.Host, Rules = RuleSet.Default.Remove(RuleIds.UndeclaredReference) };
        return new NarReport { Report = ClosureAnalyzer.Analyze(closure, analysis, cancellationToken) };
    }

    /// <summary>Writes the findings as <c>scan --format json</c> does, without ever blocking the caller.</summary>
    /// <param name="output">Where to; flushed, and not completed.</param>
    /// <param name="version">The version of the program that reports.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public Task WriteJsonAsync(PipeWriter output, string version = "", CancellationToken cancellationToken = default) =>
        Report.WriteJsonAsync(output, version, cancellationToken);

    /// <summary>The decoder of what the pipe begins with; null where it begins like no compressed data. Nothing is taken out of the pipe.</summary>
    private static async ValueTask<IContentDecoder?> FindDecoderAsync(PipeReader nar, CancellationToken cancellationToken)
    {
        ReadResult read = await nar.ReadAtLeastAsync(MagicLength, cancellationToken).ConfigureAwait(false);
        byte[] beginning = read.Buffer.Slice(0, Math.Min(MagicLength, read.Buffer.Length)).ToArray();
        nar.AdvanceTo(read.Buffer.Start);
        return ContentDecoders.All.FirstOrDefault(decoder => decoder.Recognises(beginning));
    }
}
