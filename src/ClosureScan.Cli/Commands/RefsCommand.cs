using System.Buffers;
using System.Collections.Immutable;
using System.CommandLine;
using System.IO.Pipelines;
using ClosureScan.Analysis.Reports;
using ClosureScan.Cli.Rendering;
using ClosureScan.Evidence;
using ClosureScan.Media;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Stores;
using ClosureScan.Stores.Compression;

namespace ClosureScan.Cli.Commands;

/// <summary>
/// <c>closurescan refs FILE|NAR|PATH|-</c>: every reference in some bytes. Without a store, what counts as a reference is what is
/// spelled out, <c>/nix/store/&lt;hash&gt;-&lt;name&gt;</c>; with one, every bare hash of one of its paths, as Nix does it.
/// </summary>
internal static class RefsCommand
{
    // A million of them is more than anybody reads, and about half a gigabyte of text; the counts stay exact beyond.
    private const int MostShown = 1_000_000;

    public static Command Create()
    {
        Argument<string> source = new("FILE") { Description = "A file, a NAR, a store path or directory on disk, or - for standard input." };
        Option<string?> store = new("--store") { Description = "Search for every hash of this store, not only for paths that are spelled out.", HelpName = "URI" };
        Option<string> format = new("--format") { Description = "What to print: text or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        Command command = new("refs", "List every reference in some bytes, with its offset and what carries it.") { source, store, format };
        command.SetAction((result, cancellationToken) =>
            RunAsync(result.GetValue(source)!, result.GetValue(store), result.GetValue(format) == "json", cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string source, string? storeUri, bool asJson, CancellationToken cancellationToken)
    {
        Dictionary<StorePathHash, StorePath> known = await KnownPathsAsync(storeUri, cancellationToken).ConfigureAwait(false);
        ScanOptions options = new()
        {
            EveryOccurrence = true,
            Deep = true,
            Decoders = ContentDecoders.All,
            MaxContextsPerTarget = MostShown,
            MaxContextsPerPath = MostShown,
        };
        PathScanner scanner = new(ReferenceSet.Create(known.Keys), options);
        PathScan scan = await ScanAsync(scanner, source, cancellationToken).ConfigureAwait(false);
        ImmutableArray<(string Target, FoundReference Found)> found =
        [
            .. scan.References.Concat(scan.Undeclared).Concat(scan.Hidden)
                .Select(reference => (Name(reference, known), reference))
                .OrderBy(item => item.reference.Evidence.FirstOrDefault()?.NarOffset ?? long.MaxValue),
        ];
        StandardOutput.WriteWhileRead(() =>
        {
            using Stream output = StandardOutput.Open();
            using BufferedStream buffered = new(output, 64 * 1024);
            if (asJson)
            {
                ReferencesJson.Write(found, buffered, ProgramVersion.Text);
            }
            else
            {
                WriteText(found, buffered);
            }
        });
        foreach (ScanRemark remark in scan.Remarks)
        {
            ErrorText.Write($"left out: {RemarkText.Describe(remark)}");
        }

        if (!scan.Problems.IsEmpty)
        {
            throw new CommandException(ExitCode.Incomplete, MessageText.Lines(scan.Problems));
        }

        return ExitCode.Clean;
    }

    private static async Task<PathScan> ScanAsync(PathScanner scanner, string source, CancellationToken cancellationToken)
    {
        string target = NarInput.FollowLink(source);
        if (Directory.Exists(target))
        {
            return scanner.ScanDirectory(target, cancellationToken);
        }

        PipeReader pipe = NarInput.Open(target);
        try
        {
            return await StartsAsNarAsync(pipe, cancellationToken).ConfigureAwait(false) ? await ScanNarAsync(scanner, pipe, source, cancellationToken).ConfigureAwait(false)
                : IsPlainFile(target) ? scanner.ScanFile(target, source, cancellationToken)
                : await scanner.ScanStreamAsync(pipe, source == "-" ? "" : source, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (NarInput.Describe(exception) is not null)
        {
            throw new CommandException(ExitCode.Incomplete, $"{source}: {NarInput.Describe(exception)}");
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Scans a NAR, and says so when it is not all that there is.</summary>
    private static async Task<PathScan> ScanNarAsync(PathScanner scanner, PipeReader pipe, string source, CancellationToken cancellationToken)
    {
        PathScan scan = await scanner.ScanNarAsync(pipe, cancellationToken).ConfigureAwait(false);
        ReadResult rest = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
        return rest.Buffer.IsEmpty ? scan : scan with
        {
            Problems = scan.Problems.Add(new ScanProblem(source, $"bytes follow the archive, which ends at byte {scan.NarSize}, and were not searched")),
        };
    }

    // A pipe or a device has no length, and what is decompressed another one.
    private static bool IsPlainFile(string path) => path != "-" && !CompressedFile.IsNamedSo(path) && new FileInfo(path).Length > 0;

    private static async Task<bool> StartsAsNarAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> magic = "\r\0\0\0\0\0\0\0nix-archive-1"u8.ToArray();
        ReadResult read = await pipe.ReadAtLeastAsync(magic.Length, cancellationToken).ConfigureAwait(false);
        bool isNar = read.Buffer.Length >= magic.Length && read.Buffer.Slice(0, magic.Length).ToArray().AsSpan().SequenceEqual(magic.Span);
        pipe.AdvanceTo(read.Buffer.Start);
        return isNar;
    }

    private static async Task<Dictionary<StorePathHash, StorePath>> KnownPathsAsync(string? storeUri, CancellationToken cancellationToken)
    {
        Dictionary<StorePathHash, StorePath> known = [];
        if (storeUri is not null)
        {
            await using IStore store = await Store.OpenAsync(storeUri, cancellationToken).ConfigureAwait(false);
            IListableStore listable = store as IListableStore
                ?? throw new CommandException(ExitCode.Usage, $"{store.Location} cannot list its paths, so it is not known what to search for. Name a store that can.");
            await foreach (StorePath path in listable.ListAsync(cancellationToken).ConfigureAwait(false))
            {
                known[path.Hash] = path;
            }
        }

        return known;
    }

    private static string Name(FoundReference reference, Dictionary<StorePathHash, StorePath> known) =>
        known.TryGetValue(reference.Target, out StorePath? path) ? path.BaseName
            : reference.Name is { } name ? $"{reference.Target}-{name}" : reference.Target.ToString();

    private static void WriteText(ImmutableArray<(string Target, FoundReference Found)> found, Stream stream)
    {
        using StreamWriter output = new(stream, leaveOpen: true);
        StyledWriter writer = new(output, Terminal.ForOutput());
        foreach ((string target, FoundReference reference) in found)
        {
            writer.Raw(target, Style.Accent).Raw($"  {Quantity.Count(reference.Count, "time")} in {Quantity.Count(reference.FileCount, "file")}", Style.Dim).Line();
            foreach (Evidence.ReferenceEvidence evidence in reference.Evidence)
            {
                writer.Column(2).Raw(EvidenceText.Place(evidence)).Raw("  " + EvidenceText.Where(evidence), Style.Dim).Line();
            }
        }

        if (found.IsEmpty)
        {
            writer.Words("No reference found.").Line();
        }
    }
}
