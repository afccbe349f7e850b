using System.Buffers;
using ClosureScan.Archives;
using ClosureScan.Containers;
using ClosureScan.Platforms.Archives;
using ClosureScan.Platforms.Elf;
using ClosureScan.Platforms.MachO;
using ClosureScan.Walking;

namespace ClosureScan.Platforms;

/// <summary>
/// Tells what a file is from its bytes. Only formats with a strong magic are named: the weak ones of <c>file</c> take a boot
/// loader for a picture. What has none is text or data.
/// </summary>
public static class FileIdentifier
{
    /// <summary>How much of a file's beginning a <see cref="FileView"/> holds at least.</summary>
    internal const int MinimumHead = 4_096;

    /// <summary>So much of a file without a magic is looked at to tell text from data.</summary>
    private const int TextSample = 512;

    /// <summary>The control characters that no text has: all but tab, line feed, form feed, carriage return, backspace and escape.</summary>
    private static readonly SearchValues<byte> NotText = SearchValues.Create(
        0, 1, 2, 3, 4, 5, 6, 7, 11, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 127);

    /// <summary>Identifies a file that lies in memory whole. Never throws for malformed bytes: they are data with a note.</summary>
    public static FileIdentity Identify(ReadOnlySpan<byte> file) => Identify(new FileView(file));

    /// <summary>
    /// Identifies a file. Never throws for malformed bytes: they are data with a note. Costs nothing but a look at the
    /// first bytes for what is no binary, and for a binary its header tables, whatever the file's size.
    /// </summary>
    internal static FileIdentity Identify(in FileView file)
    {
        ReadOnlySpan<byte> head = file.Head;
        if (head.Length < 4)
        {
            return TextOrData(head);
        }

        return head[0] switch
        {
            0x7f when ElfHeader.HasMagic(head) => ElfIdentifier.Identify(file),
            (byte)'!' when ArchiveReader.HasMagic(head) => ArchiveIdentifier.Identify(file),
            (byte)'#' when ScriptIdentifier.HasMagic(head) => ScriptIdentifier.Identify(head) ?? TextOrData(head),
            0xfe or 0xce or 0xcf when MachOHeader.HasMagic(head) => MachOIdentifier.Identify(file),
            0xca when MachOIdentifier.HasFatMagic(head) => MachOIdentifier.IdentifyFat(file),
            0x00 when WasmIdentifier.HasMagic(head) => WasmIdentifier.Identify(file),
            0xd0 when FlatDeviceTree.HasMagic(head) => FlatDeviceTree.Identify(file),
            (byte)'B' or 0xde when BitcodeIdentifier.Identify(head) is { } bitcode => bitcode,
            _ => NeutralFormats.Identify(head)
                ?? (IsText(head) ? FileIdentity.Text
                    : KernelImageIdentifier.Identify(head) ?? (head.StartsWith("MZ"u8) ? PeIdentifier.Identify(file)
                        : ContainerFormats.Find(head[..Math.Min(head.Length, MinimumHead)]) is null ? FileIdentity.Data : FileIdentity.Container)),
        };
    }

    /// <summary>Identifies a member of an archive; null when it is neutral, or cannot be told.</summary>
    internal static Platform? IdentifyMember(in FileView file)
    {
        ReadOnlySpan<byte> head = file.Head;
        return ElfHeader.HasMagic(head) ? ElfIdentifier.IdentifyObject(file)
            : MachOHeader.TryRead(head, out MachOHeader header) ? header.Platform
            : BitcodeIdentifier.Identify(head) is { } bitcode ? bitcode.Platform
            : GoObject.Identify(head) ?? CoffObject.Identify(file);
    }

    private static FileIdentity TextOrData(ReadOnlySpan<byte> head) => IsText(head) ? FileIdentity.Text : FileIdentity.Data;

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> sample = head[..Math.Min(head.Length, TextSample)];
        return !sample.IsEmpty && !sample.ContainsAny(NotText);
    }
}
