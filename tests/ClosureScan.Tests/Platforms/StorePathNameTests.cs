using ClosureScan.Platforms;
using CsCheck;

namespace ClosureScan.Tests.Platforms;

public sealed class StorePathNameTests
{
    private const string Arm7 = "armv7l-unknown-linux-gnueabihf";
    private static readonly string[] Words =
        ["-", "-", "-", "a", "1", "3.1", "static", "dev", "stage", "gcc", "avr", "armv7l", "x86_64", "unknown", "none", "linux", "gnu", "gnu3", "eabi", "elf", "é", "."];

    private const string RiscV = "riscv64-unknown-linux-gnu";

    [Theory]
    [InlineData("hello-2.12.1", "hello", "2.12.1", null, null, null)]
    [InlineData("curl-" + Arm7 + "-8.9.1-dev", "curl", "8.9.1", "dev", Arm7, null)]
    [InlineData("glibc-aarch64-unknown-linux-gnu-2.33-50", "glibc", "2.33-50", null, "aarch64-unknown-linux-gnu", null)]
    [InlineData("zlib-1.2.11-aarch64-unknown-linux-gnu", "zlib", "1.2.11", null, "aarch64-unknown-linux-gnu", null)]
    [InlineData("zlib-1.2.11-aarch64-unknown-linux-gnu-static", "zlib", "1.2.11", "static", "aarch64-unknown-linux-gnu", null)]
    [InlineData("zlib-1.2.11-" + Arm7 + "-dev", "zlib", "1.2.11", "dev", Arm7, null)]
    [InlineData("glibc-2.27-" + Arm7 + "-bin", "glibc", "2.27", "bin", Arm7, null)]
    [InlineData("busybox-static-x86_64-unknown-linux-musl-1.36.1", "busybox", "1.36.1", null, "x86_64-unknown-linux-musl", null)]
    [InlineData("hello-static-" + Arm7, "hello", null, null, Arm7, null)]
    [InlineData("bash-interactive-" + Arm7 + "-5.2p26-man", "bash-interactive", "5.2p26", "man", Arm7, null)]
    [InlineData("perl5.28.0-XML-Parser-2.44-armv7a-unknown-linux-gnueabihf", "perl5.28.0-XML-Parser", "2.44", null, "armv7a-unknown-linux-gnueabihf", null)]
    [InlineData("python3.11-requests-" + Arm7 + "-2.31.0", "python3.11-requests", "2.31.0", null, Arm7, null)]
    [InlineData("python3-" + Arm7 + "-3.11.9", "python3", "3.11.9", null, Arm7, null)]
    [InlineData("ruby-x86_64-unknown-linux-gnu3.1-nori-2.7.0-x86_64-unknown-linux-gnu", "ruby3.1-nori", "2.7.0", null, "x86_64-unknown-linux-gnu", null)]
    [InlineData("libX11-x86_64-w64-mingw32-1.8", "libX11", "1.8", null, "x86_64-w64-mingw32", null)]
    [InlineData("hello-aarch64-apple-darwin-2.12", "hello", "2.12", null, "aarch64-apple-darwin", null)]
    [InlineData("hello-x86_64-unknown-freebsd13-2.12", "hello", "2.12", null, "x86_64-unknown-freebsd13", null)]
    [InlineData("newlib-arm-none-eabi-4.3.0", "newlib", "4.3.0", null, "arm-none-eabi", null)]
    [InlineData(Arm7 + "-gcc-wrapper-13.2.0", "gcc-wrapper", "13.2.0", null, null, Arm7)]
    [InlineData(Arm7 + "-stage-final-gcc-debug-7.4.0-lib", "stage-final-gcc-debug", "7.4.0", "lib", null, Arm7)]
    [InlineData(RiscV + "-stage-final-gcc-12.3.0-libgcc", "stage-final-gcc", "12.3.0", "libgcc", null, RiscV)]
    [InlineData(Arm7 + "-binutils-2.40-lib", "binutils", "2.40", "lib", null, Arm7)]
    [InlineData(Arm7 + "-gcc-" + RiscV + "-13.2.0", "gcc", "13.2.0", null, RiscV, Arm7)]
    [InlineData("arm-none-eabi-gcc-13.2.0", "gcc", "13.2.0", null, null, "arm-none-eabi")]
    [InlineData("x86_64-w64-mingw32-binutils-2.40", "binutils", "2.40", null, null, "x86_64-w64-mingw32")]
    [InlineData("riscv64-none-elf-gdb-14.1", "gdb", "14.1", null, null, "riscv64-none-elf")]
    [InlineData("avr-gcc-13.2.0", "gcc", "13.2.0", null, null, "avr")]
    [InlineData("gcc-7.3.0-" + RiscV + "-stage-static", "gcc", "7.3.0", null, null, RiscV)]
    [InlineData("gcc-13.2.0-lib", "gcc", "13.2.0", "lib", null, null)]
    [InlineData("xgcc-13.2.0-libgcc", "xgcc", "13.2.0", "libgcc", null, null)]
    [InlineData("nix-2.11.0-doc", "nix", "2.11.0", "doc", null, null)]
    [InlineData("avr-libc-2.1.0", "avr-libc", "2.1.0", null, null, null)]
    [InlineData("linux-headers-6.6", "linux-headers", "6.6", null, null, null)]
    [InlineData("stdenv-linux", "stdenv-linux", null, null, null, null)]
    [InlineData("nixos-image-x86_64-linux.iso", "nixos-image-x86_64-linux.iso", null, null, null, null)]
    [InlineData("etc", "etc", null, null, null, null)]
    [InlineData("foo-dev", "foo-dev", null, null, null, null)]
    [InlineData("source", "source", null, null, null, null)]
    [InlineData("unit-dbus.service", "unit-dbus.service", null, null, null, null)]
    [InlineData(Arm7, Arm7, null, null, null, null)]
    [InlineData("a--b", "a--b", null, null, null, null)]
    [InlineData("-", "-", null, null, null, null)]
    public void Name_is_taken_apart(
        string name, string packageName, string? version, string? output, string? host, string? target)
    {
        StorePathName parsed = StorePathName.Parse(name);
        Assert.Equal(
            (packageName, version, output, host, target),
            (parsed.PackageName, parsed.Version, parsed.Output, parsed.HostTriple, parsed.TargetTriple));
    }

    [Theory]
    [InlineData("curl-" + Arm7 + "-8.9.1", "armv7l-linux", null)]
    [InlineData(Arm7 + "-gcc-13.2.0", null, "armv7l-linux")]
    [InlineData(Arm7 + "-gcc-13.2.0-lib", "armv7l-linux", "armv7l-linux")]
    [InlineData(RiscV + "-stage-final-gcc-12.3.0-libgcc", "riscv64-linux", "riscv64-linux")]
    [InlineData(Arm7 + "-binutils-2.40-lib", null, "armv7l-linux")]
    [InlineData("bash-5.2", null, null)]
    [InlineData("gcc-13.2.0-lib", null, null)]
    public void Platform_that_the_binaries_are_for_is_told_by_suffix_and_of_a_cross_gcc_by_its_library_outputs(string name, string? host, string? target)
    {
        StorePathName parsed = StorePathName.Parse(name);
        Assert.Equal((host, target), (parsed.Host?.System, parsed.Target?.System));
    }

    [Theory]
    [InlineData("busybox-static-x86_64-unknown-linux-musl-1.36.1", true)]
    [InlineData("busybox-x86_64-unknown-linux-musl-1.36.1", false)]
    [InlineData("e2fsprogs-static-1.47", false)]
    public void Static_marker_counts_before_a_configuration_alone(string name, bool isStatic) => Assert.Equal(isStatic, StorePathName.Parse(name).IsStatic);

    [Theory]
    [InlineData("curl-8.9.1-dev", "curl-" + Arm7 + "-8.9.1-dev")]
    [InlineData("zlib-1.2.11", "zlib-1.2.11-aarch64-unknown-linux-gnu")]
    [InlineData("gcc-wrapper-13.2.0", Arm7 + "-gcc-wrapper-13.2.0")]
    [InlineData("perl5.38.2-XML-Parser-2.46", "perl5.38.2-XML-Parser-" + Arm7 + "-2.46")]
    public void Twins_of_two_platforms_agree_in_package_version_and_output(string native, string cross)
    {
        StorePathName left = StorePathName.Parse(native);
        StorePathName right = StorePathName.Parse(cross);
        Assert.Equal((left.PackageName, left.Version, left.Output), (right.PackageName, right.Version, right.Output));
    }

    /// <summary>What is put together by make-derivation.nix' rule is taken apart into the same.</summary>
    [Fact]
    public void Every_package_with_every_suffix_is_taken_apart_into_what_it_was_made_of()
    {
        string[] packages = ["hello", "perl5.38.2-XML-Parser", "python3.11-requests", "gtk+3", "bash-interactive", "linux-headers", "x264", "arm-trusted-firmware"];
        string?[] versions = [null, "1", "2.12.1", "0-unstable-2023-01-01", "5.2p26"];
        string?[] outputs = [null, "dev", "lib", "man"];
        string?[] hosts =
        [
            null, Arm7, RiscV, "aarch64-apple-darwin", "x86_64-w64-mingw32", "arm-none-eabihf", "x86_64-unknown-freebsd13",
            "mips64el-unknown-linux-gnuabin32", "powerpc64-unknown-linux-gnuabielfv2", "armv6l-unknown-linux-musleabihf", "wasm32-unknown-wasi",
        ];
        foreach (string package in packages)
        {
            foreach (string? version in versions)
            {
                foreach (string? output in outputs)
                {
                    foreach (string? host in hosts)
                    {
                        foreach (string?[] order in new[] { new[] { package, host, version, output }, [package, version, host, output] })
                        {
                            string name = string.Join('-', order.Where(part => part is not null));
                            StorePathName parsed = StorePathName.Parse(name);

                            // Without version and platform "hello-dev" is a package of that name.
                            string expected = version is null && host is null && output is not null ? $"{package}-{output}" : package;
                            Assert.Equal(
                                (name, expected, version, expected == package ? output : null, host, null),
                                (name, parsed.PackageName, parsed.Version, parsed.Output, parsed.HostTriple, parsed.TargetTriple));
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Any_text_has_a_reading() =>
        Gen.Int[0, Words.Length - 1].Select(index => Words[index])
            .Array[1, 12]
            .Select(string.Concat)
            .Sample(
                name =>
                {
                    StorePathName parsed = StorePathName.Parse(name);
                    Assert.True(parsed.HostTriple is null || Platform.TryParse(parsed.HostTriple, out _));
                    Assert.True(parsed.TargetTriple is null || parsed.Target is not null);
                    return parsed.PackageName.Length <= name.Length;
                },
                iter: 20_000);

    [Fact]
    public void Usual_name_is_read_in_one_go_as_it_is_part_by_part()
    {
        string[] words = ["curl", "gcc", "dev", "lib", "1.2", "2", "", "avr", "msp430", "arm", "x86_64", "linux", "gnueabihf", "unknown", "static", "é", "+", "stage", "armv7l-unknown-linux-gnueabihf", "aarch64-unknown-linux-musl", "armv7l-unknown-linux-gnueabihf3.1"];
        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int run = 0; run < 20_000; run++)
        {
            string name = string.Join('-', Enumerable.Range(0, random.Next(1, 7)).Select(_ => words[random.Next(words.Length)]));
            Assert.True(name.Length == 0 || StorePathName.Parse(name) == StorePathNameParser.ParseParts(name), $"seed {seed}: {name}");
        }
    }
}
