using System.Buffers;
using System.Text;
using ClosureScan.Walking;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Platforms.Elf;

/// <summary>
/// What the Go linker writes into a program of how it was built (Go: src/debug/buildinfo): among others the levels of the processor that all of it was
/// compiled for, which Go keeps nowhere else. Go older than 1.18 tells none.
/// </summary>
/// <param name="Arm">GOARM, 5 to 7; 0 without.</param>
/// <param name="InstructionSet">GOAMD64, GORISCV64, GOARM64, GOPPC64 or GO386 as <see cref="CodeRequirements.InstructionSet"/>; null for the lowest level, and without.</param>
/// <param name="IsSoftFloat">Whether it computes without a floating-point unit (GOMIPS, GOARM=5,softfloat).</param>
internal readonly record struct GoBuildInformation(int Arm, string? InstructionSet, bool IsSoftFloat)
{
    private const int HeaderLength = 32;
    private const int MaxLength = 64 * 1024;
    private const int MaxNamedSections = 64;

    private static ReadOnlySpan<byte> Magic => " Go buildinf:"u8;

    /// <summary>Reads it; the default value when there is none.</summary>
    public static GoBuildInformation Read(in FileView file, ElfFile elf)
    {
        if (Find(file, elf) is not { } offset)
        {
            return default;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(MaxLength);
        int count = file.Read(offset, buffer.AsSpan(0, MaxLength));
        GoBuildInformation information = Parse(buffer.AsSpan(0, count));
        ArrayPool<byte>.Shared.Return(buffer);
        return information;
    }

    /// <summary>The processor in Nixpkgs' words; null when <see cref="Arm"/> is not told.</summary>
    public string? ArmProcessor => Arm switch { 5 => "armv5tel", 6 => "armv6l", 7 => "armv7l", _ => null };

    private static long? Find(in FileView file, ElfFile elf)
    {
        // Go's own linker begins its writable data with it; the system's linker leaves it a section.
        const uint Writable = 2;
        foreach (ElfSegment segment in elf.Segments)
        {
            if (segment.Type == SegmentLoad && (segment.Flags & Writable) != 0 && IsAt(file, segment.Offset))
            {
                return (long)segment.Offset;
            }
        }

        foreach (ElfSection section in elf.Sections.Take(MaxNamedSections))
        {
            if (section.Type == SectionProgramBits && section.IsWritable && IsAt(file, section.Offset))
            {
                return (long)section.Offset;
            }
        }

        return null;
    }

    private static bool IsAt(in FileView file, ulong offset)
    {
        Span<byte> head = stackalloc byte[HeaderLength];
        return offset <= (ulong)file.Length && file.TryRead((long)offset, head) && head[0] == 0xff && head[1..].StartsWith(Magic);
    }

    private static GoBuildInformation Parse(ReadOnlySpan<byte> bytes)
    {
        const byte IsInline = 2;
        const int FlagsOffset = 15;
        if (bytes.Length <= HeaderLength || (bytes[FlagsOffset] & IsInline) == 0)
        {
            return default;
        }

        ReadOnlySpan<byte> rest = bytes[HeaderLength..];
        return TryTake(ref rest, out _) && TryTake(ref rest, out ReadOnlySpan<byte> settings) ? ParseSettings(settings) : default;
    }

    /// <summary>Takes a text behind its length, seven bits a byte, the lowest first.</summary>
    private static bool TryTake(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        text = default;
        long length = 0;
        for (int shift = 0, at = 0; at < rest.Length && shift < 35; at++, shift += 7)
        {
            length |= (long)(rest[at] & 0x7f) << shift;
            if (rest[at] < 0x80)
            {
                rest = rest[(at + 1)..];
                if (length > rest.Length)
                {
                    return false;
                }

                text = rest[..(int)length];
                rest = rest[(int)length..];
                return true;
            }
        }

        return false;
    }

    private static GoBuildInformation ParseSettings(ReadOnlySpan<byte> settings)
    {
        GoBuildInformation information = default;
        foreach (Range range in settings.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = settings[range];
            if (!line.StartsWith("build\tGO"u8) || line.IndexOf((byte)'=') is not (> 0 and int equals))
            {
                continue;
            }

            ReadOnlySpan<byte> value = line[(equals + 1)..];
            information = information.With(line["build\t"u8.Length..equals], value);
        }

        return information;
    }

    private GoBuildInformation With(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        bool isSoft = value.IndexOf("softfloat"u8) >= 0;
        string text = value.Length <= 32 ? Encoding.ASCII.GetString(value) : "";
        return name.SequenceEqual("GOARM"u8) && value is [>= (byte)'5' and <= (byte)'7', ..] ? this with { Arm = value[0] - '0', IsSoftFloat = isSoft }
            : name.SequenceEqual("GOAMD64"u8) && value is [(byte)'v', >= (byte)'2' and <= (byte)'4'] ? this with { InstructionSet = "x86-64-" + text }
            : name.SequenceEqual("GORISCV64"u8) || name.SequenceEqual("GOPPC64"u8) ? this with { InstructionSet = text }
            : name.SequenceEqual("GOARM64"u8) && !value.StartsWith("v8.0"u8) ? this with { InstructionSet = "arm" + text }
            : name.SequenceEqual("GOMIPS"u8) || name.SequenceEqual("GOMIPS64"u8) || name.SequenceEqual("GO386"u8) ? this with { IsSoftFloat = isSoft }
            : this;
    }
}
