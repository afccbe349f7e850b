using ClosureScan.Analysis.Comparing.Files;

namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>Two ELF files and what is found out about them.</summary>
internal sealed record ElfSidePair(FilePair Pair, ElfImage Cross, ElfImage Native, FileVerdict Verdict)
{
    /// <summary>How far each section lies elsewhere, and all differences of two places that follow from it.</summary>
    public AddressShifts Shifts { get; } = new(Cross, Native);

    public void Add(DifferenceKind kind, string subject, string? cross, string? native, string meaning = "", int more = 0) => Verdict.Add(new Difference
    {
        Kind = kind,
        File = Pair.File,
        Subject = subject,
        Cross = cross,
        Native = native,
        Meaning = meaning,
        MoreCount = more,
    });
}
