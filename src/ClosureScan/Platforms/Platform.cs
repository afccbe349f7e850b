using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using ClosureScan.Paths;

namespace ClosureScan.Platforms;

/// <summary>
/// What a program was built for, as far as it can be told. Every part but the processor may be unknown;
/// nothing is filled in by guessing, so a platform read from bytes is rarely a whole Nix system.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<Platform>))]
public sealed record Platform : IParsable<Platform>
{
    /// <summary>
    /// The processor in Nixpkgs' words (lib/systems/parse.nix): <c>x86_64</c>, <c>i686</c>, <c>aarch64</c>, <c>armv7l</c>,
    /// <c>armv6l</c>, <c>armv5tel</c>, <c>riscv64</c>, <c>mipsel</c>, … A level that the bytes do not tell is left out:
    /// <c>arm</c>.
    /// </summary>
    public required string Cpu { get; init; }

    /// <summary>Bits in an address: 32 or 64 (16 and 8 for small microcontrollers).</summary>
    public required int Bits { get; init; }

    /// <summary>The order of bytes.</summary>
    internal Endianness Endianness { get; init; }

    /// <summary>The kernel: <c>linux</c>, <c>darwin</c>, <c>windows</c>, <c>freebsd</c>, <c>none</c>, …; null when the bytes do not tell.</summary>
    public string? Kernel { get; init; }

    /// <summary>The calling convention where a processor has several: <c>eabihf</c>, <c>eabi</c>, <c>n32</c>, <c>o32</c>, <c>elfv2</c>, <c>x32</c>, <c>lp64d</c>, …; null when there is one, or it cannot be told.</summary>
    public string? Abi { get; init; }

    /// <summary>The C library: <c>glibc</c>, <c>musl</c>, <c>uclibc</c>, <c>bionic</c>, …; null when it cannot be told.</summary>
    public string? Libc { get; init; }

    /// <summary>The level of x86-64 that a machine was said to have, 1 to 4 (<c>x86_64-linux:v2</c>); null when nobody said, and for code, whose <see cref="CodeRequirements"/> tell.</summary>
    internal int? Level { get; init; }

    /// <summary>The Nix system: processor and kernel, <c>armv7l-linux</c>. An unknown kernel is taken to be Linux, which ELF marks by no mark at all.</summary>
    public string System => $"{Cpu}-{Kernel ?? "linux"}";

    /// <summary>
    /// Reads a Nix system (<c>armv7l-linux</c>) or a GNU configuration (<c>armv7l-unknown-linux-gnueabihf</c>), as Nixpkgs'
    /// lib/systems has them. A calling convention that is left out is the one Nixpkgs takes: hard-float from armv6 on. A level of x86-64 may
    /// follow: <c>x86_64-linux:v2</c>.
    /// </summary>
    /// <param name="text">The system or configuration.</param>
    /// <param name="platform">What it names.</param>
    /// <returns>False when the processor, the kernel or the ABI is not known.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Platform? platform)
    {
        platform = text is null ? null : PlatformParser.Parse(text);
        return platform is not null;
    }

    static Platform IParsable<Platform>.Parse(string s, IFormatProvider? provider) => TryParse(s, out Platform? platform) ? platform : throw new FormatException($"\"{s}\" is no system.");

    static bool IParsable<Platform>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Platform result) => TryParse(s, out result);

    /// <summary>The Nix system.</summary>
    public override string ToString() => System;
}
