using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using ClosureScan.Archives;
using ClosureScan.Platforms.Archives;
using ClosureScan.Walking;

namespace ClosureScan.Platforms.MachO;

/// <summary>Tells what a Mach-O file is for: one for a single machine, and a fat one with a slice for each of several.</summary>
internal static class MachOIdentifier
{
    private const int MaxCommandsSize = 1024 * 1024;
    private const int FatHeaderSize = 8;

    /// <summary>As <c>file</c> has it: beyond, the magic is that of a Java class.</summary>
    private const int MaxSlices = 19;

    /// <summary>Whether the bytes begin as a fat file does.</summary>
    public static bool HasFatMagic(ReadOnlySpan<byte> head) =>
        (head.StartsWith<byte>([0xca, 0xfe, 0xba, 0xbe]) || head.StartsWith<byte>([0xca, 0xfe, 0xba, 0xbf]))
        && head.Length >= FatHeaderSize && new EndianSpan(head, bigEndian: true).UInt32(4) is > 0 and <= MaxSlices;

    /// <summary>Identifies a file for one machine.</summary>
    public static FileIdentity Identify(in FileView file)
    {
        if (!MachOHeader.TryRead(file.Head, out MachOHeader header))
        {
            return FileIdentity.Data with { Note = "Mach-O magic, but the file ends in the header" };
        }

        var identity = new FileIdentity
        {
            Format = FileFormat.MachO,
            Role = header.Role,
            Platform = header.Platform,
            Note = header.Platform is null ? $"Mach-O processor 0x{header.CpuType:x} is not known" : null,
        };
        if (header.CommandsSize > MaxCommandsSize || header.CommandsSize > file.Length)
        {
            return identity with { Note = $"{header.CommandsSize} bytes of load commands" };
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)header.CommandsSize);
        ReadOnlySpan<byte> commands = buffer.AsSpan(0, file.Read(header.Size, buffer.AsSpan(0, (int)header.CommandsSize)));
        identity = ReadCommands(identity, header, commands);
        ArrayPool<byte>.Shared.Return(buffer);
        return identity;
    }

    /// <summary>Identifies a file for several machines: what its first slice is for, and the platforms of all.</summary>
    public static FileIdentity IdentifyFat(in FileView file)
    {
        bool is64 = file.Head[3] == 0xbf;
        int entrySize = is64 ? 32 : 20;
        int count = (int)new EndianSpan(file.Head, bigEndian: true).UInt32(4);
        var tally = new MemberTallies();
        FileIdentity? first = null;
        Span<byte> entry = stackalloc byte[entrySize];
        Span<byte> head = stackalloc byte[FileIdentifier.MinimumHead];
        for (int i = 0; i < count && file.TryRead(FatHeaderSize + (i * entrySize), entry); i++)
        {
            var fields = new EndianSpan(entry, bigEndian: true);
            ulong offset = is64 ? fields.UInt64(8) : fields.UInt32(8);
            ulong size = is64 ? fields.UInt64(16) : fields.UInt32(12);
            if (offset > (ulong)file.Length || size > (ulong)file.Length - offset)
            {
                return FileIdentity.Data with { Note = $"fat Mach-O, but slice {i} reaches past the end of the file" };
            }

            FileView slice = file.Slice((long)offset, (long)size, head);
            FileIdentity identity = ArchiveReader.HasMagic(slice.Head) ? ArchiveIdentifier.Identify(slice)
                : MachOHeader.HasMagic(slice.Head) ? Identify(slice)
                : FileIdentity.Data;
            first ??= identity;
            if (tally.Add(identity.Platform ?? MachOHeader.FindProcessor(fields.UInt32(0))?.ToPlatform("darwin")))
            {
                tally.NameLast($"slice {i}");
            }
        }

        return new FileIdentity
        {
            Format = FileFormat.MachO,
            Role = first?.Role ?? FileRole.None,
            Platform = tally.Common(),
            Members = tally.ToImmutable(),
            Interpreter = first?.Interpreter,
            Needed = first?.Needed ?? [],
            RunPath = first?.RunPath ?? [],
            Note = first?.Note,
        };
    }

    private static FileIdentity ReadCommands(FileIdentity identity, in MachOHeader header, ReadOnlySpan<byte> commands)
    {
        const int CommandHeaderSize = 8;
        ImmutableArray<string>.Builder needed = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<string>.Builder runPath = ImmutableArray.CreateBuilder<string>();
        string? interpreter = null;
        for (uint i = 0; i < header.CommandCount && commands.Length >= CommandHeaderSize; i++)
        {
            var fields = new EndianSpan(commands, header.IsBigEndian);
            uint size = fields.UInt32(4);
            if (size < CommandHeaderSize || size > commands.Length)
            {
                identity = identity with { Note = identity.Note ?? $"load command {i} of {size} bytes" };
                break;
            }

            ReadOnlySpan<byte> command = commands[..(int)size];
            switch (fields.UInt32(0))
            {
                case 0xc or 0x80000018 or 0x8000001f or 0x20 or 0x80000023: // LC_LOAD_DYLIB and its weak, re-exported, lazy and upward kinds
                    AddText(needed, command, header.IsBigEndian);
                    break;
                case 0x8000001c: // LC_RPATH
                    AddText(runPath, command, header.IsBigEndian);
                    break;
                case 0xe: // LC_LOAD_DYLINKER
                    interpreter = ReadText(command, header.IsBigEndian);
                    break;
                default:
                    break;
            }

            commands = commands[(int)size..];
        }

        return identity with { Needed = needed.ToImmutable(), RunPath = runPath.ToImmutable(), Interpreter = interpreter };
    }

    private static void AddText(ImmutableArray<string>.Builder texts, ReadOnlySpan<byte> command, bool bigEndian)
    {
        if (ReadText(command, bigEndian) is { } text)
        {
            texts.Add(text);
        }
    }

    /// <summary>Reads the text whose place in the command is the first field behind type and size.</summary>
    private static string? ReadText(ReadOnlySpan<byte> command, bool bigEndian)
    {
        const int OffsetField = 8;
        if (command.Length < OffsetField + sizeof(uint))
        {
            return null;
        }

        uint offset = new EndianSpan(command, bigEndian).UInt32(OffsetField);
        if (offset >= command.Length)
        {
            return null;
        }

        ReadOnlySpan<byte> text = command[(int)offset..];
        int end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }
}
