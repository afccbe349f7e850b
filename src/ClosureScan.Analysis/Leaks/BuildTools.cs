using System.Collections.Frozen;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>What serves builds alone, by the names of Nixpkgs: compilers, linkers, build systems, headers, and outputs for developers. The libraries of a compiler are none of it.</summary>
internal static class BuildTools
{
    private static readonly FrozenSet<string> Packages = new[]
    {
        "autoconf", "automake", "bazel", "binutils", "binutils-wrapper", "bison", "bootstrap-tools", "cargo", "clang", "clang-wrapper", "cmake", "expand-response-params",
        "flex", "gcc", "gcc-wrapper", "ghc", "gnumake", "gnum4", "go", "gradle", "libtool", "linux-headers", "llvm", "meson", "ninja", "patchelf",
        "pkg-config", "pkg-config-wrapper", "rustc", "scons", "stdenv-linux",
    }.ToFrozenSet();

    /// <summary>Whether a path of that name is one.</summary>
    public static bool Has(StorePathName name) =>
        name.Output is not ("lib" or "libgcc")
        && (name.Target is not null || name.Output is "dev" or "devdoc" or "doc" || Packages.Contains(name.PackageName) || name.PackageName.EndsWith("-headers", StringComparison.Ordinal));
}
