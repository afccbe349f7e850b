using System.Globalization;
using System.Text;
using ClosureScan.Platforms.Elf;
using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>The build attributes of ARM and RISC-V, tag by tag (ARM-software/abi-aa addenda32; riscv-elf-psabi-doc).</summary>
internal static class BuildAttributes
{
    private static readonly Dictionary<ulong, string> ArmNames = new()
    {
        [5] = "CPU_name",
        [6] = "CPU_arch",
        [7] = "CPU_arch_profile",
        [8] = "ARM_ISA_use",
        [9] = "THUMB_ISA_use",
        [10] = "FP_arch",
        [12] = "Advanced_SIMD_arch",
        [14] = "ABI_PCS_R9_use",
        [15] = "ABI_PCS_RW_data",
        [17] = "ABI_PCS_GOT_use",
        [18] = "ABI_PCS_wchar_t",
        [20] = "ABI_FP_denormal",
        [21] = "ABI_FP_exceptions",
        [23] = "ABI_FP_number_model",
        [24] = "ABI_align_needed",
        [25] = "ABI_align_preserved",
        [26] = "ABI_enum_size",
        [27] = "ABI_HardFP_use",
        [28] = "ABI_VFP_args",
        [30] = "ABI_optimization_goals",
        [34] = "CPU_unaligned_access",
        [42] = "MPextension_use",
        [44] = "DIV_use",
        [68] = "Virtualization_use",
    };

    public static SortedDictionary<string, string> Read(ElfImage image)
    {
        SortedDictionary<string, string> attributes = new(StringComparer.Ordinal);
        bool isArm = image.Header.Machine == MachineArm;
        if (!isArm && image.Header.Machine != MachineRiscV)
        {
            return attributes;
        }

        ElfPart? part = image.Parts.FirstOrDefault(part => part.Section.Type == SectionAttributes);
        for (AttributeSection parts = new(image.Bytes(part), image.Header.IsBigEndian, isArm ? "aeabi"u8 : "riscv"u8); parts.MoveNext();)
        {
            ReadOnlySpan<byte> tags = parts.Current;
            while (AttributeSection.TryTakeNumber(ref tags, out ulong tag))
            {
                bool hasText = isArm ? tag is 4 or 5 or 32 || (tag > 32 && tag % 2 == 1) : tag % 2 == 1;
                bool hasNumber = !hasText || (isArm && tag == 32);
                ReadOnlySpan<byte> text = default;
                ulong number = 0;
                if ((hasNumber && !AttributeSection.TryTakeNumber(ref tags, out number)) || (hasText && !AttributeSection.TryTakeText(ref tags, out text)))
                {
                    break;
                }

                string name = isArm && ArmNames.TryGetValue(tag, out string? known) ? known : string.Create(CultureInfo.InvariantCulture, $"tag-{tag}");
                attributes[name] = hasText ? Encoding.UTF8.GetString(text) : number.ToString(CultureInfo.InvariantCulture);
            }
        }

        return attributes;
    }
}
