namespace ClosureScan.Platforms.Elf;

/// <summary>The numbers of the ELF specification (gABI, elf.h) that this code speaks of, by their names there.</summary>
internal static class ElfConstants
{
    public const ushort TypeRelocatable = 1;
    public const ushort TypeExecutable = 2;
    public const ushort TypeDynamic = 3;

    /// <summary>No machine: byte code, as far as such files are known.</summary>
    public const ushort MachineNone = 0;

    public const ushort Machine386 = 3;
    public const ushort MachineMips = 8;
    public const ushort MachineArm = 40;
    public const ushort MachineX8664 = 62;
    public const ushort MachineRiscV = 243;

    public const uint SegmentLoad = 1;
    public const uint SegmentDynamic = 2;
    public const uint SegmentInterpreter = 3;
    public const uint SegmentNote = 4;
    public const uint SegmentMipsAbiFlags = 0x70000003;

    public const uint SectionNull = 0;
    public const uint SectionProgramBits = 1;
    public const uint SectionSymbols = 2;
    public const uint SectionStrings = 3;
    public const uint SectionDynamic = 6;
    public const uint SectionNote = 7;
    public const uint SectionNoBits = 8;
    public const uint SectionAttributes = 0x70000003;
    public const uint SectionMipsAbiFlags = 0x7000002a;

    public const ulong SectionFlagWrite = 1;
    public const ulong SectionFlagAllocated = 2;
    public const ulong SectionFlagExecutable = 4;
    public const ulong SectionFlagMerge = 0x10;
    public const ulong SectionFlagStringTable = 0x20;
    public const ulong SectionFlagCompressed = 0x800;

    public const ulong DynamicNull = 0;
    public const ulong DynamicNeeded = 1;
    public const ulong DynamicStringTable = 5;
    public const ulong DynamicStringSize = 10;
    public const ulong DynamicSoname = 14;
    public const ulong DynamicRpath = 15;
    public const ulong DynamicRunpath = 29;
    public const ulong DynamicConfig = 0x6ffffefa;
    public const ulong DynamicDependencyAudit = 0x6ffffefb;
    public const ulong DynamicAudit = 0x6ffffefc;
    public const ulong DynamicFlags1 = 0x6ffffffb;
    public const ulong DynamicAuxiliary = 0x7ffffffd;
    public const ulong DynamicFilter = 0x7fffffff;

    public const ulong Flags1PositionIndependentExecutable = 0x08000000;

    public const byte OsAbiNetBsd = 2;
    public const byte OsAbiSolaris = 6;
    public const byte OsAbiFreeBsd = 9;
    public const byte OsAbiOpenBsd = 12;
}
