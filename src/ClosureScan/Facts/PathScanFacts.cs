using System.Collections.Immutable;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Facts;

/// <summary>
/// The scan of one path. First comes what is true of its bytes whatever closure they are in, then the hits of hashes, which are those of the closure
/// that was scanned.
/// </summary>
internal static class PathScanFacts
{
    public static void Write(FactsRecordWriter record, EvidenceTable evidence, PathScan scan)
    {
        record.Number(scan.NarSize);
        record.OptionalValue(scan.NarHash, record.Hash);
        record.Number(scan.FileCount);
        record.Number(scan.ByteCount);
        record.Items(scan.Platforms, tally => CensusFacts.Write(record, tally));
        record.Items(scan.Opaque, file =>
        {
            record.Text(file.File);
            record.Number(file.Size);
            record.Text(file.Format);
            record.Flag(file.IsClosed);
        });
        record.Items(scan.Remarks, remark =>
        {
            record.Choice((int)remark.Kind);
            record.Number(remark.Count);
            record.Items(remark.Files, record.Text);
        });
        record.Items(scan.Problems, problem => Write(record, problem));
        Write(record, evidence, scan.BuildPaths);
        Write(record, evidence, scan.Scrubbed);
        foreach (ImmutableArray<FoundReference> found in (ImmutableArray<FoundReference>[])[scan.References, scan.Undeclared, scan.Hidden])
        {
            record.Items(found, reference => Write(record, evidence, reference));
        }
    }

    public static void Write(FactsRecordWriter record, ScanProblem problem)
    {
        record.Text(problem.Path);
        record.Text(problem.Message);
    }

    public static ScanProblem ReadProblem(FactsRecord record) => new(record.Text(), record.Text());

    /// <summary>Reads what <see cref="Write(FactsRecordWriter, EvidenceTable, PathScan)"/> wrote; the lists of evidence lie in <paramref name="block"/>.</summary>
    public static PathScan Read(FactsRecord record, EvidenceBlock block, long listsStart)
    {
        EvidenceList ReadEvidence(FactsRecord record) => EvidenceFacts.Read(record, block, listsStart);
        FoundText ReadText(FactsRecord record) => new() { Count = record.Number(), FileCount = record.Number(), Evidence = ReadEvidence(record) };
        FoundReference ReadReference(FactsRecord record) => new()
        {
            Target = record.PathHash(),
            Name = record.Optional(static record => record.Text()),
            Count = record.Number(),
            FileCount = record.Number(),
            Evidence = ReadEvidence(record),
        };
        return new PathScan
        {
            NarSize = record.Number(),
            NarHash = record.OptionalValue(static record => record.Hash()),
            FileCount = record.Number(),
            ByteCount = record.Number(),
            Platforms = record.Items(CensusFacts.Read),
            Opaque = record.Items(static record => new OpaqueFile(record.Text(), record.Number(), record.Text(), record.Flag())),
            Remarks = record.Items(static record => new ScanRemark { Kind = record.Choice<ScanRemarkKind>(), Count = record.Number(), Files = record.Items(static record => record.Text()) }),
            Problems = record.Items(ReadProblem),
            BuildPaths = ReadText(record),
            Scrubbed = ReadText(record),
            References = Sorted(record, record.Items(ReadReference)),
            Undeclared = Sorted(record, record.Items(ReadReference)),
            Hidden = Sorted(record, record.Items(ReadReference)),
        };
    }

    private static void Write(FactsRecordWriter record, EvidenceTable evidence, FoundText text)
    {
        record.Number(text.Count);
        record.Number(text.FileCount);
        EvidenceFacts.Write(record, evidence, text.Evidence);
    }

    private static void Write(FactsRecordWriter record, EvidenceTable evidence, FoundReference reference)
    {
        record.PathHash(reference.Target);
        record.Optional(reference.Name, record.Text);
        record.Number(reference.Count);
        record.Number(reference.FileCount);
        EvidenceFacts.Write(record, evidence, reference.Evidence);
    }

    /// <summary>What is looked up by halves must be sorted.</summary>
    private static ImmutableArray<FoundReference> Sorted(FactsRecord record, ImmutableArray<FoundReference> found)
    {
        for (int index = 1; index < found.Length; index++)
        {
            if (found[index - 1].Target.CompareTo(found[index].Target) >= 0)
            {
                throw record.Wrong("references are not sorted");
            }
        }

        return found;
    }
}
