using System.Buffers;
using System.Text;

namespace ClosureScan.Evidence;

/// <summary>
/// Writes evidence as bytes, some thirty for a symlink where an object and its texts take three hundred. Numbers are in groups of seven bits, the low
/// ones first; signed ones are folded, 0, -1, 1, -2; a text is its length in UTF-8 and its bytes.
/// <list type="bullet">
/// <item>The table of files: path, flags, the size if known, the offset in the NAR.</item>
/// <item>A list: for each piece where its file is in the table, as a difference to that of the piece before; mechanism, usage and flags in a byte each;
/// count, offset, and what the flags announce in the order of <see cref="EvidenceFields"/>.</item>
/// </list>
/// </summary>
internal static class EvidenceCodec
{
    /// <summary>The longest number.</summary>
    public const int MaxNumber = 10;

    private const byte IsExecutable = 1;
    private const byte HasSize = 2;

    /// <summary>Writes an entry of the table of files.</summary>
    public static void WriteFile(IBufferWriter<byte> output, in EvidenceFile file)
    {
        WriteText(output, file.Path);
        Span<byte> rest = output.GetSpan(1 + (2 * MaxNumber));
        rest[0] = (byte)((file.Executable ? IsExecutable : 0) | (file.Size is null ? 0 : HasSize));
        int length = 1;
        if (file.Size is { } size)
        {
            length += PutNumber(rest[length..], (ulong)size);
        }

        length += PutNumber(rest[length..], Fold(file.NarOffset));
        output.Advance(length);
    }

    /// <summary>Reads what <see cref="WriteFile"/> wrote.</summary>
    public static EvidenceFile ReadFile(ref EvidenceReader input)
    {
        string path = input.ReadText();
        byte flags = input.ReadByte();
        long? size = (flags & HasSize) != 0 ? input.ReadCount() : null;
        return new EvidenceFile(path, (flags & IsExecutable) != 0, size, Unfold(input.ReadNumber()));
    }

    /// <summary>Writes a piece of evidence.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="fileStep">How far its file is behind that of the piece before it in the table.</param>
    /// <param name="narShift">By what its offset in the NAR differs from that of the file and its own offset together.</param>
    /// <param name="item">What it says of itself; the context comes apart.</param>
    /// <param name="context">The bytes of the context as they are to be printed; empty for none.</param>
    public static void WriteItem(IBufferWriter<byte> output, long fileStep, long narShift, in EvidenceItem item, ReadOnlySpan<byte> context)
    {
        EvidenceFields fields =
            (narShift != 0 ? EvidenceFields.NarShift : 0)
            | (item.Section is null ? 0 : EvidenceFields.Section)
            | (item.SectionOffset is null ? 0 : EvidenceFields.SectionOffset)
            | (item.Position is null ? 0 : EvidenceFields.Position)
            | (item.HasContext ? EvidenceFields.Context : 0)
            | (item.SubPath is null ? 0 : EvidenceFields.SubPath);
        Span<byte> head = output.GetSpan(3 + (8 * MaxNumber));
        int length = PutNumber(head, Fold(fileStep));
        head[length++] = (byte)item.Mechanism;
        head[length++] = (byte)item.Usage;
        head[length++] = (byte)fields;
        length += PutNumber(head[length..], (ulong)item.Count);
        length += PutNumber(head[length..], (ulong)item.Offset);
        if (narShift != 0)
        {
            length += PutNumber(head[length..], Fold(narShift));
        }

        if (item.SectionOffset is { } sectionOffset)
        {
            length += PutNumber(head[length..], (ulong)sectionOffset);
        }

        if (item.Position is { } position)
        {
            length += PutNumber(head[length..], (ulong)position.Line);
            length += PutNumber(head[length..], (ulong)position.Column);
        }

        output.Advance(length);
        if (item.Section is not null)
        {
            WriteText(output, item.Section);
        }

        if (item.SubPath is not null)
        {
            WriteText(output, item.SubPath);
        }

        if (item.HasContext)
        {
            WriteBytes(output, context);
        }
    }

    /// <summary>Reads what <see cref="WriteItem"/> wrote, behind the step to its file.</summary>
    public static ReferenceEvidence ReadItem(ref EvidenceReader input, in EvidenceFile file)
    {
        Mechanism mechanism = input.ReadByte() is <= (byte)Mechanism.Container and byte carrier ? (Mechanism)carrier : throw new InvalidDataException("No mechanism has that number.");
        Usage usage = input.ReadByte() is <= (byte)Usage.Mentions and byte use ? (Usage)use : throw new InvalidDataException("No usage has that number.");
        EvidenceFields fields = (EvidenceFields)input.ReadByte();
        long count = input.ReadCount();
        long offset = input.ReadCount();
        long shift = Has(fields, EvidenceFields.NarShift) ? Unfold(input.ReadNumber()) : 0;
        long? sectionOffset = Has(fields, EvidenceFields.SectionOffset) ? input.ReadCount() : null;
        bool isPlaced = Has(fields, EvidenceFields.Position);
        return new ReferenceEvidence
        {
            File = file.Path,
            Executable = file.Executable,
            FileSize = file.Size,
            Offset = offset,
            NarOffset = file.NarOffset + offset + shift,
            Mechanism = mechanism,
            Usage = usage,
            Count = count,
            SectionOffset = sectionOffset,
            Line = isPlaced ? (int)input.ReadNumber() : null,
            Column = isPlaced && (int)input.ReadNumber() is > 0 and int column ? column : null,
            Section = Has(fields, EvidenceFields.Section) ? input.ReadText() : null,
            SubPath = Has(fields, EvidenceFields.SubPath) ? input.ReadText() : null,
            Context = Has(fields, EvidenceFields.Context) ? input.ReadText() : null,
        };
    }

    /// <summary>The signed number of a folded one.</summary>
    public static long Unfold(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    /// <summary>Writes a number.</summary>
    public static void WriteNumber(IBufferWriter<byte> output, ulong value) => output.Advance(PutNumber(output.GetSpan(MaxNumber), value));

    /// <summary>Writes a text.</summary>
    public static void WriteText(IBufferWriter<byte> output, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Span<byte> span = output.GetSpan(MaxNumber + length);
        int written = PutNumber(span, (ulong)length);
        written += Encoding.UTF8.GetBytes(text, span[written..]);
        output.Advance(written);
    }

    private static ulong Fold(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static bool Has(EvidenceFields fields, EvidenceFields wanted) => (fields & wanted) != 0;

    private static int PutNumber(Span<byte> destination, ulong value)
    {
        int length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            destination[length++] = (byte)(value | 0x80);
        }

        destination[length++] = (byte)value;
        return length;
    }

    private static void WriteBytes(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        Span<byte> span = output.GetSpan(MaxNumber + text.Length);
        int written = PutNumber(span, (ulong)text.Length);
        text.CopyTo(span[written..]);
        output.Advance(written + text.Length);
    }
}
