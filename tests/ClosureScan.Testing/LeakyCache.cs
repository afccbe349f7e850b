using System.Collections.Immutable;
using ClosureScan.Evidence;
using ClosureScan.Paths;

namespace ClosureScan.Testing;

/// <summary>
/// The binary cache <c>samples/leaky-cache</c>: the closure of an armv7l image with known leaks of the x86_64 side.
/// It has real narinfos, NARs and ELF files, so tests that need no Nix use it. samples/leaky-cache-source says how it is made.
/// </summary>
public static class LeakyCache
{
    /// <summary>The suffix of the names of the host side.</summary>
    public const string Host = "armv7l-unknown-linux-gnueabihf";

    /// <summary>The name of the closure's root.</summary>
    public const string RootName = $"pi-image-{Host}-1.0";

    /// <summary>The name of the build side's bash.</summary>
    public const string BuildBash = "bash-5.2p26";

    /// <summary>The name of the host's bash.</summary>
    public const string HostBash = $"bash-{Host}-5.2p26";

    /// <summary>The name of the build side's C library.</summary>
    public const string BuildGlibc = "glibc-2.38-44";

    /// <summary>The name of the build side's coreutils.</summary>
    public const string Coreutils = "coreutils-9.4";

    /// <summary>The name of the build side's cffi.</summary>
    public const string Cffi = "python3.11-cffi-1.16.0";

    /// <summary>The name of the cross compiler, which is most of the closure's bytes.</summary>
    public const string Gcc = $"{Host}-gcc-13.2.0";

    /// <summary>The name of the cross compiler's output of host libraries: built for the host in spite of its name.</summary>
    public const string GccLib = $"{Gcc}-lib";

    /// <summary>The name of the wrapper that reaches <see cref="Gcc"/>.</summary>
    public const string GccWrapper = $"{Host}-gcc-wrapper-13.2.0";

    /// <summary>The name of the path with <see cref="ForeignProgram"/>.</summary>
    public const string Systemd = $"systemd-minimal-{Host}-255.4";

    /// <summary>The only file of the build side inside a path of the host side; it lies in <see cref="Systemd"/>.</summary>
    public const string ForeignProgram = "lib/systemd/system-generators/systemd-veritysetup-generator";

    private static readonly Lazy<ImmutableArray<StorePath>> AllPaths = new(ReadPaths);

    /// <summary>The folder of the cache.</summary>
    public static string Location { get; } = Repository.PathOf("samples/leaky-cache");

    /// <summary>The store path of the image.</summary>
    public static StorePath Root => Find(RootName);

    /// <summary>Every path of the cache, sorted; all of them are in the closure of <see cref="Root"/>.</summary>
    public static ImmutableArray<StorePath> Paths => AllPaths.Value;

    /// <summary>Every reference from a path of the host side to one of the build side, and no other.</summary>
    public static ImmutableArray<ExpectedLeak> Leaks { get; } =
    [
        new($"curl-{Host}-8.7.1", GccWrapper, "bin/curl-config", Mechanism.ConfigScript),
        new($"gpsd-{Host}-3.25", Gcc, "bin/gpsd", Mechanism.ElfRunpath),
        new($"kbd-{Host}-2.6.4", BuildBash, "bin/unicode_start", Mechanism.Shebang),
        new($"kbd-{Host}-2.6.4", BuildBash, "bin/unicode_stop", Mechanism.Shebang),
        new($"python3.11-pycares-4.4.0-{Host}", Cffi, "nix-support/propagated-native-build-inputs", Mechanism.NixSupport),
        new($"shadow-{Host}-4.14.6", Coreutils, "bin/nologin", Mechanism.SymlinkTarget),
        new(Systemd, BuildGlibc, ForeignProgram, Mechanism.ElfInterpreter),
    ];

    /// <summary>The names of the paths of the build side; every other path is of the host side or without a platform.</summary>
    public static ImmutableArray<string> BuildSide { get; } =
        [BuildBash, BuildGlibc, Coreutils, Cffi, Gcc, GccWrapper, "gmp-6.3.0", $"{Host}-binutils-2.41"];

    /// <summary>The store path of that name.</summary>
    /// <exception cref="ArgumentException">The cache has no path or several paths of that name.</exception>
    public static StorePath Find(string name)
    {
        StorePath[] found = [.. Paths.Where(path => path.Name == name)];
        return found.Length == 1
            ? found[0]
            : throw new ArgumentException($"{found.Length} paths of {Location} are named \"{name}\".", nameof(name));
    }

    /// <summary>Copies the cache, for a test that damages it.</summary>
    public static void CopyTo(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(Location, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(Location, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static ImmutableArray<StorePath> ReadPaths() =>
    [
        .. Directory.EnumerateFiles(Location, "*.narinfo")
            .Select(file => File.ReadLines(file).First(line => line.StartsWith("StorePath: ", StringComparison.Ordinal)))
            .Select(line => StorePath.Parse(line["StorePath: ".Length..]))
            .Order(),
    ];
}
