using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ClosureScan.Derivations;
using ClosureScan.Paths;

namespace ClosureScan.Facts;

/// <summary>
/// A scanned closure as one document with everything: the claims of its paths, what their derivations say, their platforms, and every piece of evidence. An analysis of what is
/// read back says what one of the scan itself says, by any policy, for any host.
/// </summary>
/// <remarks>
/// The document is binary: a line that names it and its version; records, each behind its length; the SHA-256 of all that. The records are: the head;
/// the table of store paths, those of the closure first; and of each of those in that order its claim, its scan and its evidence. Enumerations
/// are written by their numbers. A document of another version is refused: a scan is made anew, or judged by the program that made it.
/// </remarks>
public static class ClosureFacts
{
    /// <summary>The version that is written and read. It changes with every change of what is written.</summary>
    internal const int Version = 2;

    /// <summary>What every version begins with.</summary>
    private static ReadOnlySpan<byte> Name => "closurescan-facts/"u8;

    private static ReadOnlySpan<byte> FirstLine => "closurescan-facts/2\n"u8;

    /// <summary>Whether bytes are the beginning of such a document, of whatever version: 18 of them tell.</summary>
    internal static bool IsBeginning(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Name);

    /// <summary>Writes a closure. Equal closures give equal bytes.</summary>
    /// <param name="closure">The closure.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="version">The version of the program that scanned.</param>
    public static void Write(ScannedClosure closure, Stream output, string version)
    {
        ArgumentNullException.ThrowIfNull(closure);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(version);
        using FactsOutput document = new(output);
        document.Raw(FirstLine);
        FactsRecordWriter record = new();
        record.Text(version);
        record.Text(closure.StoreDirectory);
        record.Optional(closure.Store, record.Text);
        record.Choice((int)closure.Depth);
        record.Number(closure.Paths.Length);
        record.Items(closure.Problems, problem => PathScanFacts.Write(record, problem));
        document.Record(record.Written);
        record.Clear();
        PathTable table = PathTable.Of(closure);
        table.Write(record, closure.StoreDirectory);
        record.Items(closure.Roots, root => record.Number(table.NumberOf(root)));
        document.Record(record.Written);
        FactsRecordWriter scan = new();
        EvidenceTable evidence = new();
        foreach (ScannedPath path in closure.Paths)
        {
            record.Clear();
            PathInfoFacts.Write(record, table, path.Info);
            record.Optional(path.Build, build => RecordedBuildFacts.Write(record, table, build));
            record.Flag(path.Scan is not null);
            if (path.Scan is null)
            {
                document.Record(record.Written);
                continue;
            }

            scan.Clear();
            evidence.Clear();
            PathScanFacts.Write(scan, evidence, path.Scan);
            record.Number(evidence.Files.Length);
            document.Record(record.Written);
            document.Record(scan.Written);
            document.Record(evidence.Files, evidence.Lists);
        }

        document.End();
    }

    /// <summary>Reads a closure. Evidence beyond 16 MiB lies in a temporary file afterwards.</summary>
    /// <param name="input">The document; left open.</param>
    /// <exception cref="FactsFormatException">It is none, of another version, cut short or damaged; the message says where.</exception>
    /// <exception cref="IOException">It cannot be read, or there is no room for temporary files.</exception>
    public static ScannedClosure Read(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using FactsInput document = new(input);
        byte[] line = document.Raw(FirstLine.Length);
        if (!line.AsSpan().SequenceEqual(FirstLine))
        {
            throw new FactsFormatException(0, IsBeginning(line)
                ? $"these are facts of another version than {Version}; scan again, or take the closurescan that made them."
                : "these are no facts of closurescan.");
        }

        FactsRecord head = document.Record();
        _ = head.Text();
        string storeDirectory = head.Text();
        string? store = head.Optional(static record => record.Text());
        ScanDepth depth = head.Choice<ScanDepth>();
        long count = head.Number();
        ImmutableArray<ScanProblem> problems = head.Items(PathScanFacts.ReadProblem);
        head.End();
        FactsRecord names = document.Record();
        PathTable table = PathTable.Read(names, storeDirectory, count);
        ImmutableArray<StorePath> roots = names.Items(table.At);
        names.End();
        if (roots.IsEmpty || roots.Any(root => table.NumberOf(root) >= count))
        {
            throw names.Wrong("a root is not in the closure, or there is none");
        }

        ScannedPath[] paths = new ScannedPath[count];
        for (int number = 0; number < paths.Length; number++)
        {
            paths[number] = ReadPath(document, table, number);
        }

        document.End();
        return new ScannedClosure
        {
            StoreDirectory = storeDirectory,
            Store = store,
            Depth = depth,
            Roots = roots,
            Paths = ImmutableCollectionsMarshal.AsImmutableArray(paths),
            Problems = problems,
        };
    }

    private static ScannedPath ReadPath(FactsInput document, PathTable table, int number)
    {
        FactsRecord claim = document.Record();
        PathInfo info = PathInfoFacts.Read(claim, table, table[number]);
        RecordedBuild? build = claim.Optional(record => RecordedBuildFacts.Read(record, table));
        if (!claim.Flag())
        {
            claim.End();
            return new ScannedPath(info, null) { Build = build };
        }

        long listsStart = claim.Number();
        claim.End();
        FactsRecord record = document.Record();
        PathScan scan = PathScanFacts.Read(record, document.Evidence(), listsStart);
        record.End();
        return new ScannedPath(info, scan) { Build = build };
    }
}
