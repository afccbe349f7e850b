using ClosureScan.Platforms;

namespace ClosureScan.Tests.Platforms;

public sealed class PlatformTests
{
    [Theory]
    [InlineData("armv7l-linux", "armv7l-linux", 32, "eabihf", null)]
    [InlineData("armv6l-linux", "armv6l-linux", 32, "eabihf", null)]
    [InlineData("armv5tel-linux", "armv5tel-linux", 32, "eabi", null)]
    [InlineData("x86_64-linux", "x86_64-linux", 64, null, null)]
    [InlineData("aarch64-darwin", "aarch64-darwin", 64, null, null)]
    [InlineData("x86_64-cygwin", "x86_64-cygwin", 64, null, null)]
    [InlineData("wasm32-wasi", "wasm32-wasi", 32, null, null)]
    [InlineData("javascript-ghcjs", "javascript-ghcjs", 32, null, null)]
    [InlineData("mmix-mmixware", "mmix-mmixware", 64, null, null)]
    [InlineData("avr-none", "avr-none", 16, null, null)]
    [InlineData("x86_64-uefi", "x86_64-uefi", 64, null, null)]
    [InlineData("armv5tel-unknown-linux-gnueabi", "armv5tel-linux", 32, "eabi", "glibc")]
    [InlineData("armv6l-unknown-linux-gnueabihf", "armv6l-linux", 32, "eabihf", "glibc")]
    [InlineData("armv6l-unknown-linux-musleabihf", "armv6l-linux", 32, "eabihf", "musl")]
    [InlineData("armv7l-unknown-linux-gnueabihf", "armv7l-linux", 32, "eabihf", "glibc")]
    [InlineData("aarch64-unknown-linux-gnu", "aarch64-linux", 64, null, "glibc")]
    [InlineData("aarch64-unknown-linux-musl", "aarch64-linux", 64, null, "musl")]
    [InlineData("armv7a-unknown-linux-androideabi", "armv7a-linux", 32, "eabi", "bionic")]
    [InlineData("aarch64-unknown-linux-android", "aarch64-linux", 64, null, "bionic")]
    [InlineData("powerpc64le-unknown-linux-gnu", "powerpc64le-linux", 64, "elfv2", "glibc")]
    [InlineData("powerpc64-unknown-linux-gnuabielfv2", "powerpc64-linux", 64, "elfv2", "glibc")]
    [InlineData("powerpc64-unknown-linux-gnuabielfv1", "powerpc64-linux", 64, "elfv1", "glibc")]
    [InlineData("powerpc-unknown-linux-gnu", "powerpc-linux", 32, null, "glibc")]
    [InlineData("mips-unknown-linux-gnu", "mips-linux", 32, "o32", "glibc")]
    [InlineData("mipsel-unknown-linux-uclibc", "mipsel-linux", 32, "o32", "uclibc")]
    [InlineData("mips64-unknown-linux-gnuabin32", "mips64-linux", 32, "n32", "glibc")]
    [InlineData("mips64el-unknown-linux-gnuabi64", "mips64el-linux", 64, "n64", "glibc")]
    [InlineData("riscv64-unknown-linux-gnu", "riscv64-linux", 64, null, "glibc")]
    [InlineData("riscv32-unknown-linux-gnu", "riscv32-linux", 32, null, "glibc")]
    [InlineData("loongarch64-unknown-linux-gnu", "loongarch64-linux", 64, null, "glibc")]
    [InlineData("s390x-unknown-linux-gnu", "s390x-linux", 64, null, "glibc")]
    [InlineData("s390-unknown-linux-gnu", "s390-linux", 32, null, "glibc")]
    [InlineData("m68k-unknown-linux-gnu", "m68k-linux", 32, null, "glibc")]
    [InlineData("i686-unknown-linux-gnu", "i686-linux", 32, null, "glibc")]
    [InlineData("i686-unknown-linux-musl", "i686-linux", 32, null, "musl")]
    [InlineData("x86_64-unknown-linux-gnu", "x86_64-linux", 64, null, "glibc")]
    [InlineData("x86_64-unknown-linux-gnux32", "x86_64-linux", 32, "x32", "glibc")]
    [InlineData("x86_64-linux-gnu", "x86_64-linux", 64, null, "glibc")]
    [InlineData("arm-linux-gnueabihf", "arm-linux", 32, "eabihf", "glibc")]
    [InlineData("x86_64-unknown-freebsd13", "x86_64-freebsd", 64, null, null)]
    [InlineData("x86_64-unknown-freebsd", "x86_64-freebsd", 64, null, null)]
    [InlineData("x86_64-unknown-netbsd", "x86_64-netbsd", 64, null, null)]
    [InlineData("x86_64-unknown-openbsd", "x86_64-openbsd", 64, null, null)]
    [InlineData("x86_64-unknown-redox", "x86_64-redox", 64, null, null)]
    [InlineData("i686-w64-mingw32", "i686-windows", 32, null, null)]
    [InlineData("x86_64-w64-mingw32", "x86_64-windows", 64, null, null)]
    [InlineData("x86_64-pc-windows-msvc", "x86_64-windows", 64, null, "msvcrt")]
    [InlineData("x86_64-pc-cygwin", "x86_64-cygwin", 64, null, null)]
    [InlineData("x86_64-apple-darwin", "x86_64-darwin", 64, null, null)]
    [InlineData("arm64-apple-darwin", "aarch64-darwin", 64, null, null)]
    [InlineData("aarch64-apple-darwin", "aarch64-darwin", 64, null, null)]
    [InlineData("armv7a-apple-ios", "armv7a-darwin", 32, null, null)]
    [InlineData("aarch64-apple-ios", "aarch64-darwin", 64, null, null)]
    [InlineData("wasm32-unknown-wasi", "wasm32-wasi", 32, null, null)]
    [InlineData("javascript-unknown-ghcjs", "javascript-ghcjs", 32, null, null)]
    [InlineData("arm-none-eabi", "arm-none", 32, "eabi", null)]
    [InlineData("arm-none-eabihf", "arm-none", 32, "eabihf", null)]
    [InlineData("aarch64-none-elf", "aarch64-none", 64, null, null)]
    [InlineData("aarch64_be-none-elf", "aarch64_be-none", 64, null, null)]
    [InlineData("riscv64-none-elf", "riscv64-none", 64, null, null)]
    [InlineData("powerpcle-none-eabi", "powerpcle-none", 32, "eabi", null)]
    [InlineData("mips-none-elf", "mips-none", 32, null, null)]
    [InlineData("x86_64-elf", "x86_64-none", 64, null, null)]
    [InlineData("i686-elf", "i686-none", 32, null, null)]
    [InlineData("avr", "avr-none", 16, null, null)]
    [InlineData("msp430-elf", "msp430-none", 16, null, null)]
    [InlineData("or1k-elf", "or1k-none", 32, null, null)]
    [InlineData("rx-none-elf", "rx-none", 32, null, null)]
    [InlineData("vc4-elf", "vc4-none", 32, null, null)]
    [InlineData("mmix-unknown-mmixware", "mmix-mmixware", 64, null, null)]
    public void Configuration_of_nixpkgs_examples_is_read(string text, string system, int bits, string? abi, string? libc)
    {
        Assert.True(Platform.TryParse(text, out Platform? platform), text);
        Assert.Equal((system, bits, abi, libc), (platform.System, platform.Bits, platform.Abi, platform.Libc));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("x86_64")]
    [InlineData("linux")]
    [InlineData("z80-linux")]
    [InlineData("x86_64-beos")]
    [InlineData("x86_64-linux-5.4")]
    [InlineData("x86_64-unknown-linux-gnu2")]
    [InlineData("i686-w64-mingw32-gcc")]
    [InlineData("riscv64-none-elf-gcc")]
    [InlineData("aarch64-apple-darwin-gcc")]
    [InlineData("x86_64-unknown-linux-gnu-gcc")]
    [InlineData("X86_64-linux")]
    public void Text_that_names_no_platform_is_refused(string? text) => Assert.False(Platform.TryParse(text, out _));

    [Fact]
    public void System_of_every_processor_is_read_back()
    {
        Assert.All(Processor.All, processor =>
        {
            Assert.True(Platform.TryParse($"{processor.Name}-linux", out Platform? platform));
            Assert.Equal((processor.Name, processor.Endianness), (platform.Cpu, platform.Endianness));
        });
    }
}
