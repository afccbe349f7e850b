using System.Buffers.Binary;
using System.Text;

namespace ClosureScan.Tests.Platforms;

/// <summary>Builds small files of the formats beside ELF: Mach-O, PE, wasm, kernel images.</summary>
internal static class MachineFiles
{
    /// <summary>A little-endian Mach-O program that loads one library.</summary>
    public static byte[] MachO(uint cpuType, string dyld, string library, uint fileType = 2, string? runPath = null)
    {
        byte[][] commands = [Command(0xe, 12, dyld), Command(0xc, 24, library), .. runPath is null ? [] : new[] { Command(0x8000001c, 12, runPath) }];
        bool is64 = (cpuType & 0x01000000) != 0;
        return
        [
            .. Words(is64 ? 0xfeedfacf : 0xfeedface, cpuType, 0, fileType, (uint)commands.Length, (uint)commands.Sum(command => command.Length), 0),
            .. is64 ? Words(0) : [], .. commands.SelectMany(command => command),
        ];
    }

    /// <summary>A fat file of these slices.</summary>
    public static byte[] Fat(params byte[][] slices)
    {
        List<byte> header = [.. BigWords(0xcafebabe, (uint)slices.Length)];
        int offset = 8 + (20 * slices.Length);
        foreach (byte[] slice in slices)
        {
            header.AddRange(BigWords(slice.Length < 8 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(slice.AsSpan(4)), 0, (uint)offset, (uint)slice.Length, 0));
            offset += slice.Length;
        }

        return [.. header, .. slices.SelectMany(slice => slice)];
    }

    /// <summary>A PE file; with flags it is a .NET assembly.</summary>
    public static byte[] Pe(ushort machine, ushort subsystem, bool isLibrary = false, bool isWide = true, uint? managedFlags = null, string section = ".text")
    {
        const int HeaderOffset = 0x80, SectionOffset = 0x200, Address = 0x2000;
        byte[] file = new byte[0x400];
        "MZ"u8.CopyTo(file);
        file[0x3c] = HeaderOffset;
        "PE\0\0"u8.CopyTo(file.AsSpan(HeaderOffset));
        int optionalSize = isWide ? 240 : 224;
        Put16(file, HeaderOffset + 4, machine);
        Put16(file, HeaderOffset + 6, 1);
        Put16(file, HeaderOffset + 20, (ushort)optionalSize);
        Put16(file, HeaderOffset + 22, isLibrary ? (ushort)0x2002 : (ushort)2);
        int optional = HeaderOffset + 24;
        Put16(file, optional, isWide ? (ushort)0x20b : (ushort)0x10b);
        Put16(file, optional + 68, subsystem);
        if (managedFlags is { } flags)
        {
            Put32(file, optional + (isWide ? 112 : 96) + (8 * 14), Address + 0x10);
            Put32(file, SectionOffset + 0x10 + 16, flags);
        }

        int header = optional + optionalSize;
        Encoding.ASCII.GetBytes(section).CopyTo(file, header);
        Put32(file, header + 12, Address);
        Put32(file, header + 16, 0x200);
        Put32(file, header + 20, SectionOffset);
        return file;
    }

    /// <summary>A wasm module with a type section and a memory.</summary>
    public static byte[] Wasm(byte memoryFlags) => [0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 5, 3, 1, memoryFlags, 1];

    /// <summary>A flattened device tree with <c>/images/kernel</c> for this architecture, and a decoy before it.</summary>
    public static byte[] Fit(string architecture, string node = "images")
    {
        byte[] names = "arch\0"u8.ToArray();
        byte[] structure =
        [
            .. BigWords(1, 0),
            .. BigWords(3, 4, 0), .. "zzz\0"u8,
            .. BigWords(1), .. Text(node), .. BigWords(1), .. Text("kernel-1"), .. BigWords(3, (uint)architecture.Length + 1, 0), .. Text(architecture),
            .. BigWords(2, 2, 2, 9),
        ];
        return [.. BigWords(0xd00dfeed, (uint)(40 + structure.Length + names.Length), 40, (uint)(40 + structure.Length), 40, 17, 16, 0, (uint)names.Length, (uint)structure.Length), .. structure, .. names];
    }

    private static byte[] Text(string text) => [.. Encoding.ASCII.GetBytes(text), .. new byte[4 - (text.Length % 4)]];

    private static byte[] Command(uint type, int textOffset, string text)
    {
        byte[] padded = [.. Encoding.UTF8.GetBytes(text), .. new byte[4 - (text.Length % 4)]];
        return [.. Words(type, (uint)(textOffset + padded.Length), (uint)textOffset), .. new byte[textOffset - 12], .. padded];
    }

    private static byte[] Words(params uint[] words) => [.. words.SelectMany(BitConverter.GetBytes)];

    private static byte[] BigWords(params uint[] words) => [.. words.SelectMany(word => BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(word)))];

    private static void Put16(byte[] file, int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(offset), value);

    private static void Put32(byte[] file, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(offset), value);
}
