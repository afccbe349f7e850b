using ClosureScan.Platforms.Elf;
using ClosureScan.Walking;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Evidence;

/// <summary>
/// An ELF file. What the loader reads is found through the program headers, where patchelf may have put it anywhere;
/// all else by section, and in a file stripped of its sections by segment.
/// </summary>
internal sealed class ElfCarrier : Carrier
{
    // Linkers write four to ten. A file that claims thousands is not worth a search of them for every hit.
    private const int MaxLoadedSegments = 256;

    private readonly ElfFile _elf;
    private readonly ElfSections _sections;
    private readonly ElfSegment _interpreter;
    private readonly ElfSegment[] _loaded;
    private readonly Mechanism _readOnlyData;

    /// <summary>Takes a file.</summary>
    /// <param name="elf">Its layout.</param>
    /// <param name="view">Its bytes.</param>
    public ElfCarrier(ElfFile elf, in FileView view)
    {
        _elf = elf;
        _sections = new ElfSections(elf);
        _interpreter = elf.Segments.FirstOrDefault(static segment => segment.Type == SegmentInterpreter);
        _loaded = [.. elf.Segments.Where(static segment => segment.Type == SegmentLoad).Take(MaxLoadedSegments)];
        _readOnlyData = IsBinaryWrapper(view) ? Mechanism.Wrapper : Mechanism.ElfRodata;
    }

    /// <inheritdoc/>
    public override Mechanism MechanismAt(in FileView view, long offset)
    {
        // Guile writes its byte code as ELF for no machine.
        if (_elf.Header.Machine == MachineNone)
        {
            return Mechanism.Bytecode;
        }

        if (_elf.LoaderStringAt(offset) is { } text)
        {
            return text.Tag switch
            {
                0 => Mechanism.ElfInterpreter,
                DynamicRpath or DynamicRunpath => Mechanism.ElfRunpath,
                _ => Mechanism.ElfNeeded,
            };
        }

        // The interpreter lies where its segment says, also when a stream kept too little to read it.
        if (!_elf.IsSplitDebug && _interpreter.Contains(offset))
        {
            return Mechanism.ElfInterpreter;
        }

        int index = _sections.Find(offset);
        if (index >= 0)
        {
            return MechanismOf(_sections[index], _sections.NameOf(view, index));
        }

        const uint Writable = 2;
        foreach (ref readonly ElfSegment segment in _loaded.AsSpan())
        {
            if (segment.Contains(offset))
            {
                return (segment.Flags & Writable) != 0 ? Mechanism.ElfData : _readOnlyData;
            }
        }

        return Mechanism.ElfOther;
    }

    /// <inheritdoc/>
    public override SectionPlace SectionAt(in FileView view, long offset)
    {
        int index = _sections.Find(offset);
        return index >= 0 && _sections.NameOf(view, index) is { Length: > 0 } name
            ? new SectionPlace(name, offset - (long)_sections[index].Offset)
            : default;
    }

    private Mechanism MechanismOf(in ElfSection section, string name)
    {
        const uint SectionMipsDebug = 0x7000001e;
        if (section.Type == SectionMipsDebug || IsDebugName(name))
        {
            return Mechanism.ElfDebug;
        }

        switch (name)
        {
            case ".comment" or ".GCC.command.line" or ".llvmcmd" or ".gnu.build.attributes":
                return Mechanism.ElfComment;
            case ".llvmbc":
                return Mechanism.Bitcode;
        }

        // Left over: symbol names, notes, version tables, and whatever is not loaded.
        const uint SectionInitArray = 14;
        const uint SectionPreInitArray = 16;
        bool holdsData = section.Type is SectionProgramBits or (>= SectionInitArray and <= SectionPreInitArray);
        return !section.IsAllocated || !holdsData ? Mechanism.ElfOther
            : section.IsWritable || section.IsExecutable ? Mechanism.ElfData
            : _readOnlyData;
    }

    private static bool IsDebugName(string name) =>
        name.StartsWith(".debug", StringComparison.Ordinal) || name.StartsWith(".zdebug", StringComparison.Ordinal)
        || name.StartsWith(".gnu.debuglto_", StringComparison.Ordinal) || name.StartsWith(".stab", StringComparison.Ordinal)
        || name is ".gnu_debuglink" or ".gnu_debugaltlink" or ".gnu_debugdata" or ".gdb_index" or ".line"
            or ".BTF" or ".BTF.ext" or ".ctf" or ".SUNW_ctf";

    // makeBinaryWrapper keeps its own command line in a string, so that a person may read it out (Nixpkgs: make-binary-wrapper.sh).
    // Its programs have some 16 KiB; every walk gives so small a file whole.
    private static bool IsBinaryWrapper(in FileView view) =>
        view.Length <= KeptFile.LongestWhole && view.IsWhole && view.Head.IndexOf("\nmakeCWrapper '/"u8) >= 0;
}
