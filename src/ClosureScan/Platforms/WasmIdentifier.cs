using ClosureScan.Walking;

namespace ClosureScan.Platforms;

/// <summary>Identifies WebAssembly, which runs wherever there is a machine for it and is for no machine of a closure.</summary>
internal static class WasmIdentifier
{
    private static readonly FileIdentity Module32 = Make("wasm32");
    private static readonly FileIdentity Module64 = Make("wasm64");

    /// <summary>Whether the bytes begin as a module or a component does.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> head) => head.Length >= 8 && head.StartsWith("\0asm"u8) && head[5] == 0;

    /// <summary>Identifies a module: for 64-bit addresses when its memory section says so.</summary>
    public static FileIdentity Identify(in FileView file)
    {
        const int HeaderSize = 8, MemorySection = 5, MaxSections = 64, Memory64Flag = 4, MaxSectionHeader = 8;
        Span<byte> bytes = stackalloc byte[MaxSectionHeader];
        long offset = HeaderSize;
        for (int i = 0; i < MaxSections; i++)
        {
            ReadOnlySpan<byte> section = bytes[..file.Read(offset, bytes)];
            if (section.Length < 2 || !TryReadNumber(section[1..], out uint size, out int sizeLength))
            {
                break;
            }

            ReadOnlySpan<byte> contents = section[(1 + sizeLength)..];
            if (section[0] == MemorySection)
            {
                // A count of memories, then the flags of the first.
                return contents.Length >= 2 && (contents[1] & Memory64Flag) != 0 ? Module64 : Module32;
            }

            offset += 1 + sizeLength + (long)size;
        }

        return Module32;
    }

    /// <summary>Reads a number (LEB128) of up to 32 bits and tells how many bytes it has. False when it has no end.</summary>
    public static bool TryReadNumber(ReadOnlySpan<byte> bytes, out uint number, out int length)
    {
        const int MaxLength = 5;
        number = 0;
        for (length = 0; length < Math.Min(bytes.Length, MaxLength);)
        {
            byte next = bytes[length];
            number |= (uint)(next & 0x7f) << (7 * length++);
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private static FileIdentity Make(string cpu) =>
        new() { Format = FileFormat.Wasm, Role = FileRole.Auxiliary, Platform = Processor.PlatformOf(cpu, "none") };
}
