namespace ClosureScan.Evidence;

/// <summary>Which of the fields that may be missing an encoded piece of evidence has.</summary>
[Flags]
internal enum EvidenceFields : byte
{
    NarShift = 1,
    SectionOffset = 2,
    Position = 4,
    Section = 8,
    SubPath = 16,
    Context = 32,
}
