using ClosureScan.Platforms;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>The sections of a WebAssembly module, which follow one another (WebAssembly core specification, "Binary Format": Modules).</summary>
internal static class WasmSections
{
    /// <summary>There are thirteen kinds; of custom sections, compilers write a dozen.</summary>
    private const int MaxSections = 256;

    private const int HeaderSize = 8;
    private const int MaxNameLength = 64;

    private static readonly string[] Names =
        ["custom", "type", "import", "function", "table", "memory", "global", "export", "start", "element", "code", "data", "data count", "tag"];

    /// <summary>Reads the headers of the sections; what is malformed ends the reading. An offset in a section counts from its contents.</summary>
    public static List<FileRegion> Read(in FileView file)
    {
        const int MaxSectionHeader = 16;
        List<FileRegion> sections = [];
        Span<byte> bytes = stackalloc byte[MaxSectionHeader + MaxNameLength];
        for (long offset = HeaderSize; sections.Count < MaxSections;)
        {
            ReadOnlySpan<byte> header = bytes[..file.Read(offset, bytes)];
            if (header.Length < 2 || header[0] >= Names.Length || !WasmIdentifier.TryReadNumber(header[1..], out uint size, out int sizeLength))
            {
                break;
            }

            long contents = offset + 1 + sizeLength;
            sections.Add(new FileRegion(NameOf(header[0], header[(1 + sizeLength)..]), contents, size));
            offset = contents + size;
        }

        return sections;
    }

    // A custom section begins with its name: a length and the text.
    private static string NameOf(byte kind, ReadOnlySpan<byte> contents) =>
        kind == 0 && WasmIdentifier.TryReadNumber(contents, out uint length, out int lengthLength) && length is > 0 and <= MaxNameLength && lengthLength + length <= contents.Length
            ? PrintableText.From(contents.Slice(lengthLength, (int)length))
            : Names[kind];
}
