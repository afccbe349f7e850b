using ClosureScan.Platforms;

namespace ClosureScan.Tests.Platforms;

public sealed class PathPlatformTests
{
    /// <summary>Where packages of each ecosystem put their builds, and what the place says: processor, kernel, C library.</summary>
    [Theory]
    [InlineData("lib/node_modules/node-pty/prebuilds/linux-x64/pty.node", "x86_64 linux", "lib/node_modules/node-pty/prebuilds/*")]
    [InlineData("lib/node_modules/a/prebuilds/linux-arm/node.napi.armv7.node", "arm linux", "lib/node_modules/a/prebuilds/*")]
    [InlineData("lib/node_modules/a/prebuilds/darwin-x64+arm64/node.napi.node", "aarch64 darwin", "lib/node_modules/a/prebuilds/*")]
    [InlineData("n/@esbuild/linux-x64/bin/esbuild", "x86_64 linux", "n/@esbuild/*")]
    [InlineData("n/esbuild-linux-64/bin/esbuild", "x86_64 linux", "n/esbuild-*")]
    [InlineData("n/@img/sharp-linux-x64/lib/sharp-linux-x64.node", "x86_64 linux", "n/@img/sharp-*")]
    [InlineData("n/@img/sharp-linuxmusl-arm64/lib/sharp-linuxmusl-arm64.node", "aarch64 linux musl", "n/@img/sharp-*")]
    [InlineData("n/@rollup/rollup-linux-x64-musl/rollup.linux-x64-musl.node", "x86_64 linux musl", "n/@rollup/rollup-*")]
    [InlineData("n/@swc/core-linux-arm64-gnu/swc.linux-arm64-gnu.node", "aarch64 linux glibc", "n/@swc/core-*")]
    [InlineData("n/7zip-bin/linux/x64/7za", "x86_64 linux", "n/7zip-bin/*")]
    [InlineData("n/7zip-bin/win/ia32/7za.exe", "i686 windows", "n/7zip-bin/*")]
    [InlineData("n/7zip-bin/mac/arm64/7za", "aarch64 darwin", "n/7zip-bin/*")]
    [InlineData("n/koffi/build/koffi/linux_x64/koffi.node", "x86_64 linux", "n/koffi/build/koffi/*")]
    [InlineData("n/fsevents/fsevents.darwin.node", " darwin", "n/fsevents/fsevents.*.node")]
    [InlineData("lib/app/runtimes/linux-musl-x64/native/libe.so", "x86_64 linux musl", "lib/app/runtimes/*")]
    [InlineData("lib/app/runtimes/win-arm64/native/e.dll", "aarch64 windows", "lib/app/runtimes/*")]
    [InlineData("lib/app/runtimes/osx.10.12-x64/native/e.dylib", "x86_64 darwin", "lib/app/runtimes/*")]
    [InlineData("lib/app/runtimes/ubuntu.18.04-x64/native/e.so", "x86_64 linux", "lib/app/runtimes/*")]
    [InlineData("sdk/TestHostNetFramework/x64/msdia140.dll", "x86_64 ", "sdk/TestHostNetFramework/*")]
    [InlineData("sdk/TestHost/testhost.arm64.exe", "aarch64 ", "sdk/TestHost/testhost.*.exe")]
    [InlineData("com/sun/jna/linux-x86-64/libjnidispatch.so", "x86_64 linux", "com/sun/jna/*")]
    [InlineData("org/sqlite/native/Linux-Musl/x86_64/libsqlitejdbc.so", "x86_64 linux musl", "org/sqlite/native/*")]
    [InlineData("org/xerial/snappy/native/Windows/x86/snappyjava.dll", "i686 windows", "org/xerial/snappy/native/*")]
    [InlineData("lib/x86_64-linux/libfoo.so", "x86_64 linux", "lib/*")]
    [InlineData("usr/lib/gcc-cross/riscv64-linux-gnu/12/crtbegin.o", "riscv64 linux glibc", "usr/lib/gcc-cross/*")]
    [InlineData("lib/python3.11/site-packages/x/libs/x64/foo.so", "x86_64 ", "lib/python3.11/site-packages/x/libs/*")]
    [InlineData("lib/python3.12/site-packages/distlib/w64.exe", "x86_64 windows", "lib/python3.12/site-packages/distlib/*.exe")]
    [InlineData("lib/python3.12/site-packages/distlib/t64-arm.exe", "arm windows", "lib/python3.12/site-packages/distlib/*.exe")]
    [InlineData("lib/python3.12/site-packages/setuptools/gui-arm64.exe", "aarch64 ", "lib/python3.12/site-packages/setuptools/gui-*.exe")]
    [InlineData("share/go/src/runtime/race/race_linux_s390x.syso", "s390x linux", "share/go/src/runtime/race/race_*.syso")]
    [InlineData("share/go/src/runtime/race/internal/amd64v1/race_linux.syso", "x86_64 ", "share/go/src/runtime/race/internal/*")]
    [InlineData("share/go/pkg/tool/linux_arm64/compile", "aarch64 linux", "share/go/pkg/tool/*")]
    [InlineData("gems/nokogiri-1.16-x86_64-linux/lib/nokogiri.so", "x86_64 linux", "gems/nokogiri-*")]
    [InlineData("assets/lib/arm64-v8a/libfoo.so", "aarch64 ", "assets/lib/*")]
    [InlineData("assets/lib/armeabi-v7a/libfoo.so", "arm ", "assets/lib/*")]
    [InlineData("steam/linux64/steamclient.so", "x86_64 linux", "steam/*")]
    [InlineData("lib/perl5/5.38.2/x86_64-linux-thread-multi/auto/POSIX/POSIX.so", "x86_64 linux", "lib/perl5/5.38.2/*thread-multi")]
    [InlineData("lib/libstd-x86_64-unknown-linux-gnu.so", "x86_64 linux glibc", "lib/libstd-*.so")]
    public void Place_says_its_platform(string path, string platform, string family)
    {
        PathPlatform? found = PathPlatform.Find(path);
        Assert.NotNull(found);
        Assert.Equal(platform, $"{found.Cpu} {found.Kernel}{(found.Libc is null ? "" : " " + found.Libc)}");
        Assert.Equal(family, found.Family);
    }

    [Theory]
    [InlineData("bin/hello")]
    [InlineData("lib/libarmadillo.so.11")]
    [InlineData("lib/libfoo.so.1.64")]
    [InlineData("lib/linux/libfoo.so")]
    [InlineData("share/arm-trusted-firmware/bl31.elf")]
    [InlineData("lib/node_modules/node-pty/build/Release/pty.node")]
    [InlineData("lib/mipspro/foo.so")]
    [InlineData("lib/window/foo.so")]
    [InlineData("share/x86info/foo.so")]
    public void Other_places_say_nothing(string path) => Assert.Null(PathPlatform.Find(path));

    [Theory]
    [InlineData("lib/perl5/5.38.2/x86_64-linux/auto/POSIX/POSIX.so")]
    [InlineData("lib/ruby/3.3.0/x86_64-linux/socket.so")]
    [InlineData("lib/python3.12/lib-dynload/math.cpython-312-x86_64-linux-gnu.so")]
    [InlineData("lib/ghc-9.6.6/lib/x86_64-linux-ghc-9.6.6/libHSbase.so")]
    public void Languages_own_directory_names_its_host(string path) => Assert.True(PathPlatform.Find(path)?.IsOfLanguage);

    [Theory]
    [InlineData("prebuilds/linux-x64/a.node", "x86_64-linux", true)]
    [InlineData("prebuilds/linux-x64/a.node", "aarch64-linux", false)]
    [InlineData("prebuilds/linux-arm/a.node", "armv7l-linux", true)]
    [InlineData("prebuilds/linux-arm64/a.node", "armv7l-linux", false)]
    [InlineData("prebuilds/win32-ia32/a.node", "i686-windows", true)]
    [InlineData("prebuilds/darwin-arm64/a.node", "aarch64-linux", false)]
    [InlineData("x/linux-musl-x64/a.so", "x86_64-unknown-linux-gnu", false)]
    public void Bytes_agree_or_contradict(string path, string system, bool agrees)
    {
        Assert.True(Platform.TryParse(system, out Platform? platform));
        Assert.Equal(agrees, PathPlatform.Find(path)!.Agrees(platform));
    }
}
