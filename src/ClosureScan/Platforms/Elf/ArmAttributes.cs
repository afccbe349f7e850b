namespace ClosureScan.Platforms.Elf;

/// <summary>
/// The build attributes of 32-bit ARM, section <c>.ARM.attributes</c> (ARM-software/abi-aa, addenda32). Objects carry
/// neither a level nor a floating-point convention in their header: this is all there is to tell armv6l from armv7l.
/// </summary>
/// <param name="Architecture">Tag_CPU_arch, a minimum that the code asks for; null when it is not given.</param>
/// <param name="Profile">Tag_CPU_arch_profile: <c>A</c>, <c>R</c>, <c>M</c> or <c>S</c>; NUL when it is not given.</param>
/// <param name="FloatArguments">Tag_ABI_VFP_args: 1 for the hard-float convention; 0, also when absent, says nothing of an object that passes no floats.</param>
internal readonly record struct ArmAttributes(int? Architecture, char Profile, int FloatArguments)
{
    private const int HardFloatArguments = 1;

    /// <summary>Whether floats are passed in floating-point registers.</summary>
    public bool IsHardFloat => FloatArguments == HardFloatArguments;

    /// <summary>
    /// The processor in Nixpkgs' words that the code asks for, <c>arm</c> when it is older than v5 or not told.
    /// The numbers of Tag_CPU_arch are no order: 11, 12, 13, 16, 17 and 21 are microcontrollers.
    /// </summary>
    public string Cpu => Architecture switch
    {
        3 or 4 or 5 => "armv5tel",
        6 or 7 or 8 or 9 => "armv6l",
        10 => Profile switch { 'R' => "armv7r", 'M' => "armv7m", _ => "armv7l" },
        11 or 12 => "armv6m",
        13 => "armv7m",
        14 or 18 or 19 or 20 or 22 => "armv8a",
        15 => "armv8r",
        16 or 17 or 21 => "armv8m",
        _ => "arm",
    };

    /// <summary>Reads the attributes of the whole file out of the section; what is malformed ends the reading.</summary>
    public static ArmAttributes Read(ReadOnlySpan<byte> section, bool bigEndian)
    {
        ArmAttributes attributes = default;
        for (AttributeSection parts = new(section, bigEndian, "aeabi"u8); parts.MoveNext();)
        {
            attributes = attributes.With(parts.Current);
        }

        return attributes;
    }

    private ArmAttributes With(ReadOnlySpan<byte> tags)
    {
        ArmAttributes attributes = this;
        while (AttributeSection.TryTakeNumber(ref tags, out ulong tag))
        {
            // addenda32, "Coding extensibility": above 32, even tags are numbers and odd ones texts. 32 is both.
            bool hasText = tag is 4 or 5 or 32 || (tag > 32 && tag % 2 == 1);
            bool hasNumber = tag == 32 || !hasText;
            ulong number = 0;
            if ((hasNumber && !AttributeSection.TryTakeNumber(ref tags, out number)) || (hasText && !AttributeSection.TryTakeText(ref tags, out _)))
            {
                break;
            }

            int value = (int)Math.Min(number, int.MaxValue);
            attributes = tag switch
            {
                6 => attributes with { Architecture = value },
                7 => attributes with { Profile = value is > 0 and < 128 ? (char)value : '\0' },
                28 => attributes with { FloatArguments = value },
                _ => attributes,
            };
        }

        return attributes;
    }
}
