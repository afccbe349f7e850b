using static ClosureScan.Platforms.Elf.ElfConstants;

namespace ClosureScan.Platforms.Elf;

/// <summary>
/// What a linked file says of kernel and C library: by its notes, its OSABI byte, the file name of its interpreter and of
/// its libraries. Never of the processor: <c>ld.so.1</c> is the loader of seventeen platforms.
/// </summary>
/// <param name="Kernel">The kernel in Nixpkgs' words, or null. Linux leaves no mark of its own in most libraries.</param>
/// <param name="Libc">The C library, or null.</param>
/// <param name="ArmAbi">The floating-point convention, where the interpreter's name has it.</param>
internal readonly record struct ElfRuntime(string? Kernel, string? Libc, string? ArmAbi)
{
    /// <summary>Puts together what the file tells.</summary>
    public static ElfRuntime Of(ElfFile elf, in ElfNotes notes)
    {
        string? kernel = notes.Kernel ?? elf.Header.OsAbi switch
        {
            OsAbiNetBsd => "netbsd",
            OsAbiSolaris => "solaris",
            OsAbiFreeBsd => "freebsd",
            OsAbiOpenBsd => "openbsd",
            _ => null,
        };
        if (notes.IsAndroid)
        {
            return new ElfRuntime("linux", "bionic", null);
        }

        if (kernel is not (null or "linux" or "hurd"))
        {
            return new ElfRuntime(kernel, null, null);
        }

        ElfRuntime runtime = elf.Interpreter is { } interpreter ? OfInterpreter(interpreter.Value) : default;
        if (runtime == default)
        {
            runtime = OfLibraries(elf);
        }

        return runtime with { Kernel = kernel ?? runtime.Kernel };
    }

    private static ElfRuntime OfLibraries(ElfFile elf)
    {
        foreach (ref readonly ElfString text in elf.DynamicStrings)
        {
            // A C library is its own witness.
            ElfRuntime runtime = text.Tag is DynamicNeeded or DynamicSoname ? OfLibrary(FileName(text.Value)) : default;
            if (runtime != default)
            {
                return runtime;
            }
        }

        return default;
    }

    private static ElfRuntime OfInterpreter(string path)
    {
        ReadOnlySpan<char> name = FileName(path);
        return name.StartsWith("ld-musl-")
            ? new ElfRuntime("linux", "musl", name.StartsWith("ld-musl-armhf") ? "eabihf" : name.StartsWith("ld-musl-arm.") ? "eabi" : null)
            : name.StartsWith("ld-linux-armhf.so") ? new ElfRuntime("linux", "glibc", "eabihf")
            : name.StartsWith("ld-linux") ? new ElfRuntime("linux", "glibc", name is "ld-linux.so.3" ? "eabi" : null)
            : name.StartsWith("ld-uClibc") || name.StartsWith("ld64-uClibc") ? new ElfRuntime("linux", "uclibc", null)
            : name.StartsWith("ld64.so.") ? new ElfRuntime("linux", "glibc", null)
            : name is "linker" or "linker64" && path.StartsWith("/system/", StringComparison.Ordinal) ? new ElfRuntime("linux", "bionic", null)
            : name.StartsWith("klibc-") ? new ElfRuntime("linux", "klibc", null)
            : name is "ld-elf.so.1" ? new ElfRuntime("freebsd", null, null)
            : name is "ld.elf_so" ? new ElfRuntime("netbsd", null, null)
            : default;
    }

    private static ElfRuntime OfLibrary(ReadOnlySpan<char> name) =>
        name is "libc.so.6" or "libc.so.6.1" or "libm.so.6" or "libm.so.6.1" || name.StartsWith("ld-linux") ? new ElfRuntime("linux", "glibc", null)
        : name is "libc.so.0.3" ? new ElfRuntime("hurd", "glibc", null)
        : name is "libc.so" || name.StartsWith("libc.musl-") ? new ElfRuntime("linux", "musl", null)
        : name is "libc.so.0" or "libc.so.1" ? new ElfRuntime("linux", "uclibc", null)
        : default;

    private static ReadOnlySpan<char> FileName(string path) => path.AsSpan(path.LastIndexOf('/') + 1);
}
