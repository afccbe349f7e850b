using System.Buffers.Binary;
using ClosureScan.Platforms;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>The sections of a PE file.</summary>
internal static class PeSections
{
    private const int SignatureAndCoffHeader = 24;
    private const int SectionHeaderSize = 40;

    /// <summary>The loader's own limit.</summary>
    private const int MaxSections = 96;

    /// <summary>Reads the section table; what is malformed ends the reading.</summary>
    public static List<FileRegion> Read(in FileView file)
    {
        List<FileRegion> sections = [];
        Span<byte> headers = stackalloc byte[SignatureAndCoffHeader];
        if (!PeIdentifier.TryReadHeaders(file, out long offset, ref headers))
        {
            return sections;
        }

        int count = Math.Min((int)BinaryPrimitives.ReadUInt16LittleEndian(headers[6..]), MaxSections);
        long table = offset + SignatureAndCoffHeader + BinaryPrimitives.ReadUInt16LittleEndian(headers[20..]);
        Span<byte> header = stackalloc byte[SectionHeaderSize];
        for (int index = 0; index < count && file.TryRead(table + (index * SectionHeaderSize), header); index++)
        {
            EndianSpan fields = new(header, bigEndian: false);
            sections.Add(new FileRegion(PrintableText.From(header[..8].TrimEnd((byte)0)), fields.UInt32(20), fields.UInt32(16)));
        }

        return sections;
    }
}
