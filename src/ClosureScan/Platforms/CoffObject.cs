using ClosureScan.Walking;

namespace ClosureScan.Platforms;

/// <summary>
/// Reads the machine of COFF objects. They have no magic: only where an archive leads to expect them is a known machine
/// number with a header that fits the file taken for one.
/// </summary>
internal static class CoffObject
{
    private const int HeaderSize = 20;
    private const int SectionHeaderSize = 40;

    /// <summary>Reads the platform of an archive's member; null when it is no COFF object.</summary>
    public static Platform? Identify(in FileView file)
    {
        const int MaxSections = 65_279;
        ReadOnlySpan<byte> head = file.Head;
        if (head.Length < HeaderSize)
        {
            return null;
        }

        var header = new EndianSpan(head, bigEndian: false);
        if (header.UInt32(0) == 0xffff0000)
        {
            // A short import of an import library, or an object with more sections than the plain header can count.
            return CoffMachine.Find(header.UInt16(6))?.ToPlatform("windows");
        }

        int sections = header.UInt16(2);
        bool fits = sections <= MaxSections
            && header.UInt16(16) == 0
            && header.UInt32(8) <= file.Length
            && HeaderSize + ((long)sections * SectionHeaderSize) <= file.Length;
        return fits ? CoffMachine.Find(header.UInt16(0))?.ToPlatform("windows") : null;
    }
}
