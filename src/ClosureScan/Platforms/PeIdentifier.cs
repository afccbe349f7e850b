using System.Buffers.Binary;
using ClosureScan.Walking;

namespace ClosureScan.Platforms;

/// <summary>Tells what a PE file is for: Windows and EFI programs, and .NET assemblies, most of which are for no processor at all.</summary>
internal static class PeIdentifier
{
    private const int DosHeaderSize = 64;
    private const int CoffHeaderSize = 20;
    private const int MaxOptionalHeader = 1024;
    private const int MaxHeaderOffset = 16 * 1024 * 1024;

    /// <summary>Identifies a file that begins with <c>MZ</c>; data when it is no PE file.</summary>
    public static FileIdentity Identify(in FileView file)
    {
        Span<byte> headers = stackalloc byte[4 + CoffHeaderSize + MaxOptionalHeader];
        if (!TryReadHeaders(file, out long offset, ref headers))
        {
            return FileIdentity.Data;
        }

        var coff = new EndianSpan(headers[4..], bigEndian: false);
        ushort machine = coff.UInt16(0);
        bool isLibrary = (coff.UInt16(18) & 0x2000) != 0;
        ReadOnlySpan<byte> optional = headers[(4 + CoffHeaderSize)..];
        var identity = new FileIdentity { Format = FileFormat.Pe, Role = isLibrary ? FileRole.SharedLibrary : FileRole.Program };

        ManagedHeader? managed = ManagedHeader.Read(file, offset + 4 + CoffHeaderSize, optional, coff.UInt16(2));
        if (managed is { } assembly)
        {
            return identity with { Platform = assembly.PlatformFor(machine, isLibrary) };
        }

        const int SubsystemOffset = 68;
        int subsystem = optional.Length >= SubsystemOffset + 2 ? BinaryPrimitives.ReadUInt16LittleEndian(optional[SubsystemOffset..]) : 0;
        bool isEfi = subsystem is >= 10 and <= 13;
        Platform? platform = CoffMachine.Find(machine)?.ToPlatform(isEfi ? "uefi" : "windows");
        return identity with
        {
            Role = !isEfi ? identity.Role
                : HoldsLinux(file, offset + 4 + CoffHeaderSize + optional.Length, coff.UInt16(2)) ? FileRole.Kernel
                : FileRole.Auxiliary,
            Platform = platform,
            Note = platform is null ? $"PE machine 0x{machine:x} is not known" : null,
        };
    }

    /// <summary>The platform by the PE header in the first bytes of a file; null when there is none.</summary>
    public static Platform? FindPlatform(ReadOnlySpan<byte> head, string kernel)
    {
        Span<byte> headers = stackalloc byte[4 + CoffHeaderSize];
        return head.StartsWith("MZ"u8) && TryReadHeaders(new FileView(head), out _, ref headers)
            ? CoffMachine.Find(BinaryPrimitives.ReadUInt16LittleEndian(headers[4..]))?.ToPlatform(kernel)
            : null;
    }

    /// <summary>Whether it is a unified kernel image (UAPI group, UKI): an EFI program that has the kernel in a section.</summary>
    private static bool HoldsLinux(in FileView file, long sectionTable, int sectionCount)
    {
        const int SectionHeaderSize = 40, MaxSections = 96;
        Span<byte> name = stackalloc byte[8];
        for (int i = 0; i < Math.Min(sectionCount, MaxSections) && file.TryRead(sectionTable + (i * SectionHeaderSize), name); i++)
        {
            if (name.SequenceEqual(".linux\0\0"u8))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the signature, the COFF header and as much of the optional header as there is and the buffer holds.</summary>
    /// <param name="file">The file, which begins with <c>MZ</c>.</param>
    /// <param name="offset">Where the signature lies.</param>
    /// <param name="headers">At least 24 bytes; cut to what was read.</param>
    public static bool TryReadHeaders(in FileView file, out long offset, ref Span<byte> headers)
    {
        offset = 0;
        if (file.Head.Length < DosHeaderSize)
        {
            return false;
        }

        offset = BinaryPrimitives.ReadUInt32LittleEndian(file.Head[0x3c..]);
        if (offset is 0 or > MaxHeaderOffset)
        {
            return false;
        }

        headers = headers[..file.Read(offset, headers)];
        if (headers.Length < 4 + CoffHeaderSize || !headers.StartsWith("PE\0\0"u8))
        {
            return false;
        }

        int optionalSize = BinaryPrimitives.ReadUInt16LittleEndian(headers[(4 + 16)..]);
        headers = headers[..Math.Min(headers.Length, 4 + CoffHeaderSize + optionalSize)];
        return true;
    }
}
