namespace ClosureScan.Platforms;

/// <summary>
/// Reads platforms as Nix and GNU write them: systems (<c>armv7l-linux</c>, Nixpkgs lib/systems/doubles.nix) and
/// configurations (<c>armv7l-unknown-linux-gnueabihf</c>, lib/systems/parse.nix and examples.nix).
/// </summary>
internal static class PlatformParser
{
    /// <summary>The most parts a configuration has: processor, vendor, kernel, ABI.</summary>
    public const int MaxParts = 4;

    private static readonly string[] Kernels =
    [
        "linux", "darwin", "macos", "ios", "windows", "mingw32", "cygwin", "freebsd", "netbsd", "openbsd", "solaris",
        "redox", "genode", "wasi", "none", "uefi", "mmixware", "ghcjs", "elf", "eabi", "eabihf", "emscripten",
    ];

    /// <summary>Reads a platform of two to four parts, or of one for microcontrollers (<c>avr</c>).</summary>
    public static Platform? Parse(ReadOnlySpan<char> text)
    {
        if (text.IndexOf(':') is >= 0 and int colon)
        {
            return text[(colon + 1)..] is ['v', >= '1' and <= '4'] && Parse(text[..colon]) is { Cpu: "x86_64" } machine ? machine with { Level = text[^1] - '0' } : null;
        }

        Span<Range> ranges = stackalloc Range[MaxParts + 1];
        int count = text.Split(ranges, '-');
        return count > MaxParts || Processor.Find(text[ranges[0]]) is not { } processor ? null
            : count switch
            {
                1 => Embedded(processor),
                2 => Build(processor, text[ranges[1]], default),
                3 when IsKernel(text[ranges[1]]) => Build(processor, text[ranges[1]], text[ranges[2]])
                    ?? Build(processor, text[ranges[2]], default),
                3 => Build(processor, text[ranges[2]], default),
                _ => Build(processor, text[ranges[2]], text[ranges[3]]),
            };
    }

    private static Platform? Embedded(Processor processor) =>
        processor.Name is "avr" or "msp430" or "rx" or "or1k" or "vc4" or "xtensa" ? Make(processor, "none", null, null) : null;

    private static Platform? Build(Processor processor, ReadOnlySpan<char> kernelPart, ReadOnlySpan<char> abiPart)
    {
        if (!IsKernel(kernelPart))
        {
            return null;
        }

        if (kernelPart is "mingw32")
        {
            return abiPart.IsEmpty ? Make(processor, "windows", null, null) : null;
        }

        ReadOnlySpan<char> kernel = kernelPart.TrimEnd("0123456789.");
        if (kernel is "elf" or "eabi" or "eabihf")
        {
            // No kernel at all: "riscv64-elf", "arm-none-eabi".
            return abiPart.IsEmpty ? Make(processor, "none", kernel is "elf" ? null : kernel.ToString(), null) : null;
        }

        string name = kernel is "macos" or "ios" ? "darwin" : kernel.ToString();
        return abiPart.IsEmpty ? Make(processor, name, null, null)
            : FindAbi(abiPart) is { } abi ? Make(processor, name, abi.Convention, abi.Libc)
            : null;
    }

    private static bool IsKernel(ReadOnlySpan<char> part)
    {
        ReadOnlySpan<char> name = part.TrimEnd("0123456789.");
        foreach (string kernel in Kernels)
        {
            if (part.SequenceEqual(kernel) || (name.SequenceEqual(kernel) && HasVersion(kernel)))
            {
                return true;
            }
        }

        return false;

        static bool HasVersion(string kernel) => kernel is "freebsd" or "netbsd" or "openbsd" or "darwin" or "macos" or "ios" or "solaris";
    }

    /// <summary>Reads the last part of a configuration; null when it is none.</summary>
    public static (string? Convention, string? Libc)? FindAbi(ReadOnlySpan<char> part)
    {
        (string Prefix, string Libc)[] libraries = [("gnu", "glibc"), ("musl", "musl"), ("uclibc", "uclibc"), ("android", "bionic"), ("msvc", "msvcrt")];
        foreach ((string prefix, string libc) in libraries)
        {
            if (part.StartsWith(prefix))
            {
                ReadOnlySpan<char> rest = part[prefix.Length..];
                return rest switch
                {
                    "" => (null, libc),
                    "eabi" => ("eabi", libc),
                    "eabihf" => ("eabihf", libc),
                    "abi64" => ("n64", libc),
                    "abin32" => ("n32", libc),
                    "abielfv1" => ("elfv1", libc),
                    "abielfv2" => ("elfv2", libc),
                    "x32" => ("x32", libc),
                    "_ilp32" => ("ilp32", libc),
                    "sf" or "f32" or "f64" => (null, libc),
                    _ => null,
                };
            }
        }

        return part switch
        {
            "eabi" or "eabihf" => (part.ToString(), null),
            "elf" or "ghcjs" or "newlib" or "simulator" => (null, null),
            _ => null,
        };
    }

    private static Platform Make(Processor processor, string kernel, string? abi, string? libc) => new()
    {
        Cpu = processor.Name,

        // Sixty-four-bit processors with the addresses of the small one.
        Bits = abi is "n32" or "x32" or "ilp32" ? 32 : processor.Bits,
        Endianness = processor.Endianness,
        Kernel = kernel,
        Abi = abi ?? DefaultAbi(processor, kernel),
        Libc = libc,
    };

    /// <summary>The convention that Nixpkgs means when a system names none (lib/systems/parse.nix: from version 6 on, ARM is hard-float).</summary>
    private static string? DefaultAbi(Processor processor, string kernel) => (kernel, processor.Name) switch
    {
        ("linux", "armv6l" or "armv7l" or "armv7a" or "armv8a") => "eabihf",
        ("linux", "armv5tel") => "eabi",
        ("linux", "mips" or "mipsel" or "mipsisa32r6" or "mipsisa32r6el") => "o32",
        ("linux", "powerpc64le") => "elfv2",
        _ => null,
    };
}
