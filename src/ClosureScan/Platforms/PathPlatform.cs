namespace ClosureScan.Platforms;

/// <summary>
/// What the words of a file's path say of the platform of what lies there. Packages of every ecosystem ship one build a platform and name its place
/// after it: <c>prebuilds/linux-x64</c>, <c>runtimes/win-arm64/native</c>, <c>7zip-bin/linux/x64</c>, <c>com/sun/jna/linux-x86-64</c>,
/// <c>lib/x86_64-linux-gnu</c>, <c>race_linux_s390x.syso</c>, <c>w64.exe</c>.
/// </summary>
/// <remarks>Words are a claim: bytes that agree with it are a variant, bytes that contradict it are in the wrong place.</remarks>
internal sealed record PathPlatform
{
    /// <summary>The processor in Nixpkgs' words, without its level for ARM: <c>x86_64</c>, <c>arm</c>; null when the path names none.</summary>
    public string? Cpu { get; init; }

    /// <summary>The kernel, as <see cref="Platform.Kernel"/>; null when the path names none.</summary>
    public string? Kernel { get; init; }

    /// <summary>The C library, as <see cref="Platform.Libc"/>; null when the path names none.</summary>
    public string? Libc { get; init; }

    /// <summary>
    /// The path up to the first component that has such words, with <c>*</c> in their place: <c>lib/app/runtimes/*</c>. The builds for other
    /// platforms agree in it.
    /// </summary>
    public required string Family { get; init; }

    /// <summary>
    /// Whether the words are what a language's run time calls its own host (<c>perl5/5.38/x86_64-linux</c>, <c>x.cpython-312-x86_64-linux-gnu.so</c>):
    /// then one build is all there is, and code of another platform was built by the wrong interpreter.
    /// </summary>
    public bool IsOfLanguage { get; init; }

    /// <summary>Reads the words of a path. Null when they name neither a processor nor another kernel than Linux.</summary>
    /// <param name="path">A path inside a store path, without a leading slash.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public static PathPlatform? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return PathPlatformReader.Read(path);
    }

    /// <summary>Whether code for <paramref name="platform"/> is what the words promise, as far as both tell.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="platform"/> is null.</exception>
    public bool Agrees(Platform platform)
    {
        ArgumentNullException.ThrowIfNull(platform);
        return (Kernel is null || platform.Kernel is null || Kernel == platform.Kernel || (Kernel == "windows" && platform.Kernel == "cygwin"))
            && (Cpu is null || AgreesInProcessor(platform))
            && (Libc is null || platform.Libc is null || Libc == platform.Libc);
    }

    /// <summary>The system for people: <c>aarch64-linux</c>, <c>windows</c>.</summary>
    public override string ToString() => string.Join('-', new[] { Cpu, Kernel, Libc }.Where(part => part is not null));

    private bool AgreesInProcessor(Platform platform) =>
        Processor.Find(Cpu) is { } named && Processor.Find(platform.Cpu) is { } built
        && (named == built || (named.Bits == built.Bits
            && ((named.Family == built.Family && named.Family is ProcessorFamily.Arm or ProcessorFamily.X86)
                || (named.Family == ProcessorFamily.Mips && built.Family == ProcessorFamily.MipsLittleEndian)))); // .NET's linux-mips64 is little-endian.
}
