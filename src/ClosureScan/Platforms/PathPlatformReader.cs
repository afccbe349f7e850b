using System.Collections.Frozen;

namespace ClosureScan.Platforms;

/// <summary>Reads platforms out of paths: component by component, the deeper one having the last word on what it tells.</summary>
internal static class PathPlatformReader
{
    private enum Kind
    {
        Cpu,
        Kernel,
        Libc,
        Filler,
    }

    /// <summary>The words, as package managers and build systems spell them: npm, NuGet's RIDs, Go, Rust, Debian, JNA, Android, wheels, electron-builder.</summary>
    private static readonly FrozenDictionary<string, (Kind Kind, string Value)> Words = Table(
        (Kind.Cpu, "x86_64", "x64 x8664 amd64 amd64v1 amd64v2 amd64v3 intel64 em64t"),
        (Kind.Cpu, "i686", "x86 i386 i486 i586 i686 ia32 386"),
        (Kind.Cpu, "aarch64", "arm64 aarch64 armv8 arm64ec arm64e"),
        (Kind.Cpu, "arm", "arm arm32 armhf armel armv5 armv5te armv6 armv6l armv6hf armv7 armv7l armv7a armv7hf armeabi"),
        (Kind.Cpu, "riscv64", "riscv64 riscv64gc rv64 rv64gc"),
        (Kind.Cpu, "riscv32", "riscv32"),
        (Kind.Cpu, "powerpc64le", "ppc64le ppc64el powerpc64le"),
        (Kind.Cpu, "powerpc64", "ppc64 powerpc64"),
        (Kind.Cpu, "powerpc", "powerpc"),
        (Kind.Cpu, "s390x", "s390x"),
        (Kind.Cpu, "mips", "mips"),
        (Kind.Cpu, "mipsel", "mipsel mipsle"),
        (Kind.Cpu, "mips64", "mips64"),
        (Kind.Cpu, "mips64el", "mips64el mips64le"),
        (Kind.Cpu, "loongarch64", "loong64 loongarch64"),
        (Kind.Cpu, "sparc64", "sparc64 sparcv9"),
        (Kind.Kernel, "linux", "linux manylinux manylinux1 manylinux2010 manylinux2014 ubuntu debian rhel centos fedora opensuse sles"),
        (Kind.Kernel, "windows", "win win32 windows mingw mingw32 win7 win8 win81 win10"),
        (Kind.Kernel, "darwin", "darwin macos macosx osx mac maccatalyst ios"),
        (Kind.Kernel, "freebsd", "freebsd"),
        (Kind.Kernel, "openbsd", "openbsd"),
        (Kind.Kernel, "netbsd", "netbsd"),
        (Kind.Kernel, "solaris", "solaris sunos illumos"),
        (Kind.Kernel, "android", "android"),
        (Kind.Libc, "glibc", "gnu glibc gnueabihf gnueabi"),
        (Kind.Libc, "musl", "musl musleabihf musleabi alpine linuxmusl musllinux"),
        (Kind.Libc, "bionic", "bionic"),
        (Kind.Filler, "", "unknown pc apple w64 none msvc native v6 v7 v7a v8 v8a static shared release universal"));

    /// <summary>Words that are a kernel with the width of its processor: <c>linux64</c>, <c>win64</c>.</summary>
    private static readonly FrozenDictionary<string, (string Cpu, string Kernel)> Widths = new Dictionary<string, (string, string)>
    {
        ["linux64"] = ("x86_64", "linux"),
        ["linux32"] = ("i686", "linux"),
        ["win64"] = ("x86_64", "windows"),
        ["osx64"] = ("x86_64", "darwin"),
        ["mac64"] = ("x86_64", "darwin"),
    }.ToFrozenDictionary();

    /// <summary>Reads a path; null when it tells nothing.</summary>
    public static PathPlatform? Read(string path)
    {
        string? cpu = null, kernel = null, libc = null, family = null;
        bool isOfLanguage = false;
        string[] components = path.Split('/');
        for (int i = 0; i < components.Length; i++)
        {
            // glibc names its loader after its processor everywhere: "ld-linux-x86-64.so.2".
            bool isFile = i == components.Length - 1;
            if ((isFile && components[i].StartsWith("ld-", StringComparison.Ordinal)) || ReadComponent(components[i], isFile) is not { } read)
            {
                continue;
            }

            cpu = read.Cpu ?? cpu;
            kernel = read.Kernel ?? (read.Cpu is null ? kernel : Inherited(components, i, kernel));
            libc = read.Libc ?? libc;
            family ??= string.Join('/', [.. components[..i], read.Pattern]);
            isOfLanguage |= IsOfLanguage(components, i);
        }

        return cpu is null && kernel is null or "linux" ? null
            : new PathPlatform { Cpu = cpu, Kernel = kernel == "android" ? "linux" : kernel, Libc = kernel == "android" ? "bionic" : libc, Family = family!, IsOfLanguage = isOfLanguage };
    }

    /// <summary>The kernel that a component inherits: from the one above it, <c>linux/x64</c>, not from any further up.</summary>
    private static string? Inherited(string[] components, int at, string? kernel) =>
        at > 0 && ReadComponent(components[at - 1], isFile: false) is not null ? kernel : null;

    private static (string? Cpu, string? Kernel, string? Libc, string Pattern)? ReadComponent(string component, bool isFile)
    {
        string? cpu = null, kernel = null, libc = null;
        bool hasOthers = false, endsInWord = false;
        int extension = isFile ? component.LastIndexOf('.') : -1;
        int stem = extension > 0 && !IsWord(component[(extension + 1)..]) ? extension : component.Length;
        System.Text.StringBuilder pattern = new();
        for (int at = 0; at < stem;)
        {
            int end = at;
            while (end < stem && char.IsAsciiLetterOrDigit(component[end]))
            {
                end++;
            }

            // "x86_64", "x86-64": two words of one name.
            if (component.AsSpan(at, end - at).Equals("x86", StringComparison.OrdinalIgnoreCase) && end + 3 <= stem && component[end] is '_' or '-' or '.'
                && component.AsSpan(end + 1, 2).SequenceEqual("64") && (end + 3 == stem || !char.IsAsciiLetterOrDigit(component[end + 3])))
            {
                end += 3;
            }

            string word = component[at..end].Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).ToLowerInvariant();
            endsInWord = true;
            if (isFile && word is "w32" or "w64" or "t32" or "t64" && component.EndsWith(".exe", StringComparison.Ordinal))
            {
                // distlib's launchers.
                (cpu, kernel) = (word.EndsWith("64", StringComparison.Ordinal) ? "x86_64" : "i686", "windows");
            }
            else if (Widths.TryGetValue(word, out (string Cpu, string Kernel) width))
            {
                (cpu, kernel) = width;
            }
            else if (Words.TryGetValue(word, out (Kind Kind, string Value) known))
            {
                cpu = known.Kind == Kind.Cpu ? known.Value : cpu;
                kernel = known.Kind == Kind.Kernel ? known.Value : known is { Kind: Kind.Libc, Value: "musl" } ? kernel ?? "linux" : kernel;
                libc = known.Kind == Kind.Libc ? known.Value : libc;
            }
            else if (word is "64" or "32" && kernel is not null && cpu is null)
            {
                cpu = word == "64" ? "x86_64" : "i686";
            }
            else if (word.Length > 0 && !word.All(char.IsAsciiDigit))
            {
                hasOthers = true;
                endsInWord = false;
                pattern.Append(component, at, end - at);
            }

            if (endsInWord && word.Length > 0 && (pattern.Length == 0 || pattern[^1] != '*'))
            {
                pattern.Append('*');
            }

            for (; end < stem && !char.IsAsciiLetterOrDigit(component[end]); end++)
            {
                if (pattern.Length == 0 || pattern[^1] != '*')
                {
                    pattern.Append(component[end]);
                }
            }

            at = end;
        }

        // A single word among others is a platform's at the end alone: "testhost.arm64.exe", "ffmpeg-x64", and not "arm-trusted-firmware".
        bool says = cpu is not null && kernel is not null ? true : (cpu is not null || kernel is not null) && (!hasOthers || (endsInWord && (cpu is not null || kernel != "linux")));
        return says ? (cpu, kernel, libc, pattern.Append(component, stem, component.Length - stem).ToString()) : null;
    }

    private static bool IsWord(string text) => Words.ContainsKey(text.ToLowerInvariant()) || text.Equals("64", StringComparison.Ordinal);

    private static bool IsOfLanguage(string[] components, int at)
    {
        string component = components[at];
        ReadOnlySpan<string> above = components.AsSpan(0, at);
        return component.Contains("cpython-", StringComparison.Ordinal) || component.StartsWith("config-3", StringComparison.Ordinal) || component.Contains("-ghc-", StringComparison.Ordinal)
            || ((above.Contains("perl5") || above.Contains("site_perl") || above.Contains("vendor_perl") || above.Contains("ruby")) && !above.Contains("gems"));
    }

    private static FrozenDictionary<string, (Kind Kind, string Value)> Table(params (Kind Kind, string Value, string Words)[] rows) =>
        rows.SelectMany(row => row.Words.Split(' ').Select(word => (word, (row.Kind, row.Value)))).ToFrozenDictionary(item => item.word, item => item.Item2);
}
