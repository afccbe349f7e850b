namespace ClosureScan.Evidence;

/// <summary>A piece of evidence on its way into a list: what its file and its context do not say.</summary>
internal readonly record struct EvidenceItem
{
    public required Mechanism Mechanism { get; init; }

    public Usage Usage { get; init; }

    public required long Count { get; init; }

    public required long Offset { get; init; }

    public string? Section { get; init; }

    public long? SectionOffset { get; init; }

    public TextPosition? Position { get; init; }

    public string? SubPath { get; init; }

    public bool HasContext { get; init; }

    /// <summary>What a piece of evidence says, its file and its context aside.</summary>
    public static EvidenceItem From(ReferenceEvidence evidence) => new()
    {
        Mechanism = evidence.Mechanism,
        Usage = evidence.Usage,
        Count = evidence.Count,
        Offset = evidence.Offset,
        Section = evidence.Section,
        SectionOffset = evidence.SectionOffset,
        Position = evidence.Line is { } line ? new TextPosition(line, evidence.Column ?? 0) : null,
        SubPath = evidence.SubPath,
        HasContext = evidence.Context is not null,
    };
}
