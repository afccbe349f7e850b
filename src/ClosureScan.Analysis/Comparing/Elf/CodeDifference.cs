using System.Buffers.Binary;
using ClosureScan.Platforms.Elf;

namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>
/// Tells code that only reaches other places from other code, without a disassembler: of each processor the few instruction forms that hold a
/// distance are known, and what they hold may differ by a move. Whatever else differs is other code.
/// </summary>
internal static class CodeDifference
{
    /// <summary>How many bytes of two sections of equal length differ and no move explains them.</summary>
    public static int Unexplained(ReadOnlySpan<byte> cross, ReadOnlySpan<byte> native, in ElfHeader header, AddressShifts shifts)
    {
        int unexplained = 0;
        for (int at = 0; at < cross.Length;)
        {
            at += cross[at..].CommonPrefixLength(native[at..]);
            if (at >= cross.Length)
            {
                break;
            }

            int length = Explain(cross, native, at, header, shifts);
            unexplained += length > 0 ? 0 : 1;
            at += Math.Max(1, length);
        }

        return unexplained;
    }

    /// <summary>How many bytes from the differing one on belong to a value that moved; 0 for none.</summary>
    private static int Explain(ReadOnlySpan<byte> cross, ReadOnlySpan<byte> native, int at, in ElfHeader header, AddressShifts shifts)
    {
        int word = at & ~3;
        if (word + 4 <= cross.Length && !header.IsBigEndian)
        {
            uint one = BinaryPrimitives.ReadUInt32LittleEndian(cross[word..]);
            uint other = BinaryPrimitives.ReadUInt32LittleEndian(native[word..]);
            if (shifts.Explains((long)other - one, 32) || header.Machine switch
            {
                ElfConstants.MachineArm => IsArm(one, other, shifts),
                MachineAArch64 => IsAArch64(one, other, shifts),
                _ => false,
            })
            {
                return word + 4 - at;
            }
        }

        return header.Machine switch
        {
            ElfConstants.MachineArm => Thumb(cross, native, at, shifts),
            ElfConstants.MachineX8664 or ElfConstants.Machine386 => Unaligned(cross, native, at, shifts),
            _ => 0,
        };
    }

    private const ushort MachineAArch64 = 183;

    /// <summary>x86: a displacement of 32 bits at any byte.</summary>
    private static int Unaligned(ReadOnlySpan<byte> cross, ReadOnlySpan<byte> native, int at, AddressShifts shifts)
    {
        for (int start = Math.Max(0, at - 3); start <= at && start + 4 <= cross.Length; start++)
        {
            long difference = (long)BinaryPrimitives.ReadUInt32LittleEndian(native[start..]) - BinaryPrimitives.ReadUInt32LittleEndian(cross[start..]);
            if (shifts.Explains(difference, 32))
            {
                return start + 4 - at;
            }
        }

        return 0;
    }

    /// <summary>A32: B, BL and BLX (Arm ARM F5), MOVW and MOVT.</summary>
    private static bool IsArm(uint cross, uint native, AddressShifts shifts)
    {
        const uint Branch = 0x0a000000, BranchMask = 0x0e000000, Move = 0x03000000, MoveMask = 0x0fb00000;
        if ((cross & BranchMask) == Branch && (cross & 0xff000000) == (native & 0xff000000))
        {
            return shifts.Explains(((long)(native & 0xffffff) - (cross & 0xffffff)) << 2, 26);
        }

        return (cross & MoveMask) == Move && (cross & 0xfff0f000) == (native & 0xfff0f000)
            && shifts.ExplainsPart(Immediate(native) - Immediate(cross), (cross & 0x00400000) != 0 ? 16 : 0, 16);

        static long Immediate(uint code) => ((code >> 4) & 0xf000) | (code & 0xfff);
    }

    /// <summary>T32: BL, BLX and B.W (Arm ARM F3), MOVW and MOVT; two half-words, at any even byte.</summary>
    private static int Thumb(ReadOnlySpan<byte> cross, ReadOnlySpan<byte> native, int at, AddressShifts shifts)
    {
        int half = at & ~1;
        foreach (int start in (ReadOnlySpan<int>)[half, half - 2])
        {
            if (start < 0 || start + 4 > cross.Length)
            {
                continue;
            }

            (ushort one, ushort two) = (Half(cross, start), Half(cross, start + 2));
            (ushort other, ushort second) = (Half(native, start), Half(native, start + 2));
            bool isBranch = (one & 0xf800) == 0xf000 && (other & 0xf800) == 0xf000 && (two & 0x8000) != 0 && (two & 0xd000) == (second & 0xd000);
            bool isMove = (one & 0xfb70) == 0xf240 && (one & 0xfbf0) == (other & 0xfbf0) && (two & 0x8f00) == (second & 0x8f00);
            if ((isBranch && shifts.Explains(Target(other, second) - Target(one, two), 25))
                || (isMove && shifts.ExplainsPart(Immediate(other, second) - Immediate(one, two), (one & 0x80) != 0 ? 16 : 0, 16)))
            {
                return start + 4 - at;
            }
        }

        return 0;

        static ushort Half(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

        static long Target(ushort high, ushort low)
        {
            long sign = (high >> 10) & 1;
            long i1 = ~((low >> 13) ^ sign) & 1;
            long i2 = ~((low >> 11) ^ sign) & 1;
            long value = (sign << 24) | (i1 << 23) | (i2 << 22) | ((high & 0x3ffL) << 12) | ((low & 0x7ffL) << 1);
            return value << 39 >> 39;
        }

        static long Immediate(ushort high, ushort low) =>
            ((high & 0xfL) << 12) | ((high & 0x400L) << 1) | ((low & 0x7000L) >> 4) | (low & 0xffL);
    }

    /// <summary>A64: B and BL, ADRP and ADR, and the low twelve bits in ADD and in loads and stores.</summary>
    private static bool IsAArch64(uint cross, uint native, AddressShifts shifts)
    {
        if ((cross & 0x7c000000) == 0x14000000 && (cross & 0xfc000000) == (native & 0xfc000000))
        {
            return shifts.Explains(((long)(native & 0x3ffffff) - (cross & 0x3ffffff)) << 2, 28);
        }

        if ((cross & 0x1f000000) == 0x10000000 && (cross & 0x9f00001f) == (native & 0x9f00001f))
        {
            long difference = Page(native) - Page(cross);
            return (cross & 0x80000000) != 0 ? shifts.ExplainsPart(difference, 12, 21) : shifts.Explains(difference, 21);
        }

        bool isAdd = (cross & 0x7fc00000) == 0x11000000;
        bool isAccess = (cross & 0x3b000000) == 0x39000000;
        int scale = isAccess ? (int)(cross >> 30) : 0;
        return (isAdd || isAccess) && (cross & 0xffc003ff) == (native & 0xffc003ff)
            && shifts.ExplainsPart((((long)(native >> 10) & 0xfff) - ((cross >> 10) & 0xfff)) << scale, 0, 12);

        static long Page(uint code) => ((long)((code >> 5) & 0x7ffff) << 2) | ((code >> 29) & 3);
    }
}
