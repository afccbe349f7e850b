using ClosureScan.Evidence;

namespace ClosureScan.Facts;

/// <summary>
/// The scan of one path as a document of its own, for who keeps scans by the contents that they are of. Laid out as <see cref="ClosureFacts"/> is: a line
/// with the version, records behind their lengths, the SHA-256 of all that.
/// </summary>
internal static class PathScanDocument
{
    private static ReadOnlySpan<byte> FirstLine => "closurescan-scan/1\n"u8;

    /// <summary>Writes a scan. Equal scans give equal bytes.</summary>
    public static byte[] Write(PathScan scan)
    {
        using MemoryStream bytes = new();
        using FactsOutput document = new(bytes);
        document.Raw(FirstLine);
        FactsRecordWriter record = new();
        EvidenceTable evidence = new();
        PathScanFacts.Write(record, evidence, scan);
        FactsRecordWriter head = new();
        head.Number(evidence.Files.Length);
        document.Record(head.Written);
        document.Record(record.Written);
        document.Record(evidence.Files, evidence.Lists);
        document.End();
        return bytes.ToArray();
    }

    /// <summary>Reads a scan.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="spool">Who holds the evidence.</param>
    /// <exception cref="FactsFormatException">It is none, or damaged.</exception>
    /// <exception cref="IOException">There is no room for the evidence.</exception>
    public static PathScan Read(byte[] bytes, EvidenceSpool spool)
    {
        using MemoryStream stream = new(bytes, writable: false);
        using FactsInput document = new(stream, spool);
        if (!document.Raw(FirstLine.Length).AsSpan().SequenceEqual(FirstLine))
        {
            throw new FactsFormatException(0, "this is no scan of a path.");
        }

        FactsRecord head = document.Record();
        long listsStart = head.Number();
        head.End();
        FactsRecord record = document.Record();
        PathScan scan = PathScanFacts.Read(record, document.Evidence(), listsStart);
        record.End();
        document.End();
        return scan;
    }
}
