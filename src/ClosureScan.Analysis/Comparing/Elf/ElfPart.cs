using ClosureScan.Platforms.Elf;

namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>A section with its name and its number.</summary>
internal sealed record ElfPart(int Index, string Name, ElfSection Section);
