using System.Buffers.Binary;
using ClosureScan.Walking;

namespace ClosureScan.Platforms;

/// <summary>The header of a .NET assembly (ECMA-335 II.25.3.3), which says whether it has native code.</summary>
/// <param name="Flags">Its flags.</param>
/// <param name="IsWide">Whether the PE file is of the 64-bit kind.</param>
internal readonly record struct ManagedHeader(uint Flags, bool IsWide)
{
    private const uint ILOnly = 1;
    private const uint Requires32Bit = 2;
    private const uint PrecompiledFlag = 4;
    private const int SectionHeaderSize = 40;

    /// <summary>What the runtime's compiler writes instead of the bare machine number into code that is not for Windows: its exclusive or with these.</summary>
    private static readonly (ushort Mask, string Kernel)[] OperatingSystems =
        [(0x7b79, "linux"), (0x4644, "darwin"), (0xadc4, "freebsd"), (0x1993, "netbsd"), (0x1992, "solaris")];

    /// <summary>Reads the header; null for a PE file that is no assembly.</summary>
    /// <param name="file">The file.</param>
    /// <param name="optionalOffset">Where its optional header begins.</param>
    /// <param name="optional">That header.</param>
    /// <param name="sectionCount">How many sections follow it.</param>
    public static ManagedHeader? Read(in FileView file, long optionalOffset, ReadOnlySpan<byte> optional, int sectionCount)
    {
        const int DirectoryIndex = 14;
        const ushort Narrow = 0x10b, Wide = 0x20b;
        ushort magic = optional.Length < 2 ? (ushort)0 : BinaryPrimitives.ReadUInt16LittleEndian(optional);
        if (magic is not (Narrow or Wide))
        {
            return null;
        }

        int directory = (magic == Wide ? 112 : 96) + (8 * DirectoryIndex);
        uint address = optional.Length < directory + 8 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(optional[directory..]);
        if (address == 0)
        {
            return null;
        }

        const int FlagsOffset = 16;
        Span<byte> flags = stackalloc byte[sizeof(uint)];
        return TryFindOffset(file, optionalOffset + optional.Length, sectionCount, address, out long offset)
            && file.TryRead(offset + FlagsOffset, flags)
            ? new ManagedHeader(BinaryPrimitives.ReadUInt32LittleEndian(flags), magic == Wide)
            : null;
    }

    /// <summary>The platform of an assembly with this machine number; null for one that runs on any.</summary>
    /// <param name="machine">The machine number.</param>
    /// <param name="isLibrary">Whether it is loaded by others. A program that insists on a processor is started by Windows' own loader alone.</param>
    public Platform? PlatformFor(ushort machine, bool isLibrary)
    {
        // "AnyCPU" is written as i386 that does not insist on 32 bits.
        const ushort I386 = 0x14c;
        bool isPrecompiled = (Flags & PrecompiledFlag) != 0;
        if (machine == I386 && !IsWide && !isPrecompiled && (Flags & ILOnly) != 0 && (Flags & Requires32Bit) == 0)
        {
            return null;
        }

        if (CoffMachine.Find(machine) is { } processor)
        {
            // Bound to a processor by declaration, and to Windows only when C++ was compiled into it: precompiled code has its byte code beside it.
            bool isMixed = !isPrecompiled && (Flags & ILOnly) == 0;
            return processor.ToPlatform(isMixed || !isLibrary ? "windows" : null);
        }

        foreach ((ushort mask, string kernel) in OperatingSystems)
        {
            if (CoffMachine.Find((ushort)(machine ^ mask)) is { } precompiledFor)
            {
                return precompiledFor.ToPlatform(kernel);
            }
        }

        return null;
    }

    private static bool TryFindOffset(in FileView file, long sectionTable, int sectionCount, uint address, out long offset)
    {
        const int MaxSections = 96;
        Span<byte> section = stackalloc byte[SectionHeaderSize];
        for (int i = 0; i < Math.Min(sectionCount, MaxSections) && file.TryRead(sectionTable + (i * SectionHeaderSize), section); i++)
        {
            var header = new EndianSpan(section, bigEndian: false);
            uint start = header.UInt32(12);
            if (address >= start && address - start < header.UInt32(16))
            {
                offset = address - start + (long)header.UInt32(20);
                return true;
            }
        }

        offset = 0;
        return false;
    }
}
