using System.Globalization;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>The note .note.gnu.property: what all of a file's code supports (Linux Extensions to gABI; x86-64 and AArch64 psABI).</summary>
internal static class GnuProperties
{
    private const uint X86Features = 0xc0000002;
    private const uint X86Needed = 0xc0008002;
    private const uint ArmFeatures = 0xc0000000;
    private const int HeaderLength = 16;

    public static SortedDictionary<string, string> Read(ElfImage image)
    {
        SortedDictionary<string, string> properties = new(StringComparer.Ordinal);
        ReadOnlySpan<byte> note = image.Bytes(image.Find(".note.gnu.property"));
        int padding = image.Header.Is64Bit ? 8 : 4;
        if (note.Length < HeaderLength)
        {
            return properties;
        }

        for (ReadOnlySpan<byte> rest = note[HeaderLength..]; rest.Length >= 8;)
        {
            EndianSpan property = new(rest, image.Header.IsBigEndian);
            uint type = property.UInt32(0);
            uint size = property.UInt32(4);
            if (size > rest.Length - 8)
            {
                break;
            }

            uint value = size >= 4 ? property.UInt32(8) : 0;
            switch (type)
            {
                case X86Features:
                    properties["indirect-branch-tracking"] = YesNo(value & 1);
                    properties["shadow-stack"] = YesNo(value & 2);
                    break;
                case ArmFeatures:
                    properties["branch-target-identification"] = YesNo(value & 1);
                    properties["pointer-authentication"] = YesNo(value & 2);
                    break;
                case X86Needed:
                    properties["instruction-set-needed"] = string.Create(CultureInfo.InvariantCulture, $"{value:x}");
                    break;
                default:
                    properties[string.Create(CultureInfo.InvariantCulture, $"property-{type:x}")] = Convert.ToHexStringLower(rest.Slice(8, (int)size));
                    break;
            }

            int length = 8 + (((int)size + padding - 1) / padding * padding);
            rest = rest[Math.Min(length, rest.Length)..];
        }

        return properties;
    }

    private static string YesNo(uint bits) => bits != 0 ? "yes" : "no";
}
