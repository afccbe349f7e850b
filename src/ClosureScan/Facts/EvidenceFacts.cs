using ClosureScan.Evidence;

namespace ClosureScan.Facts;

/// <summary>Where in the evidence of its path a list lies, and how long it is.</summary>
internal static class EvidenceFacts
{
    public static void Write(FactsRecordWriter record, EvidenceTable table, EvidenceList evidence)
    {
        record.Number(evidence.Length);
        if (!evidence.IsEmpty)
        {
            record.Number(table.Add(evidence));
        }
    }

    /// <summary>Reads where a list lies, and once through it: afterwards no piece of it can be unsound.</summary>
    public static EvidenceList Read(FactsRecord record, EvidenceBlock block, long listsStart)
    {
        int length = record.Small();
        if (length == 0)
        {
            return [];
        }

        long start = record.Number();
        try
        {
            EvidenceList list = new(block, checked(listsStart + start), length);
            foreach (ReferenceEvidence item in list)
            {
                record.Add(item.Count);
            }

            return list;
        }
        catch (Exception exception) when (exception is InvalidDataException or OverflowException)
        {
            throw record.Wrong("evidence is damaged");
        }
    }
}
