using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Leaks;

/// <summary>Chains that were found by hand in real closures of Nixpkgs, with the edge that had to be cut (Nixpkgs issues and pull requests by number).</summary>
public sealed class KnownChainTests
{
    private const string Arm = "armv7l-linux";
    private const string Intel = "x86_64-linux";
    private const string Suffix = "armv7l-unknown-linux-gnueabihf";

    [Fact]
    public void Issue_58981_only_the_shebang_of_sotruss_is_wrong()
    {
        ScannedClosure closure = new ClosureBuilder()
            .Add($"hello-cpp-{Suffix}", path => path.Program("bin/hello-cpp", Arm)
                .Refers($"{Suffix}-stage-final-gcc-debug-7.4.0-lib", Mechanism.ElfRunpath, "bin/hello-cpp", "/lib"))
            .Add($"{Suffix}-stage-final-gcc-debug-7.4.0-lib", path => path
                .Library("lib/libgcc_s.so.1", Arm).Library("lib/libgomp.so.1.0.0", Arm)
                .Refers($"glibc-2.27-{Suffix}-dev", Mechanism.ElfDebug, "lib/libgcc_s.so.1", "/include"))
            .Add($"glibc-2.27-{Suffix}-dev", path => path
                .Refers($"glibc-2.27-{Suffix}-bin", Mechanism.NixSupport, "nix-support/propagated-build-inputs"))
            .Add($"glibc-2.27-{Suffix}-bin", path => path.Program("bin/ldd", Arm)
                .Refers("bash-4.4-p23", Mechanism.Shebang, "bin/sotruss", "/bin/bash", executable: true))
            .Add("bash-4.4-p23", path => path.Program("bin/bash", Intel).Refers("glibc-2.27", Mechanism.ElfInterpreter, "bin/bash"))
            .Add("glibc-2.27", path => path.Library("lib/libc.so.6", Intel))
            .Build();

        AssertCut(closure, $"glibc-2.27-{Suffix}-bin", "bash-4.4-p23", RuleIds.ForeignInterpreter, Effect.Breaks);
    }

    [Fact]
    public void Issue_192484_the_doc_output_of_the_builds_nix_is_where_the_closure_leaves()
    {
        ScannedClosure closure = new ClosureBuilder()
            .Add("nixos-system-remarkable-22.11", path => path.Program("init", Arm).Refers("system-path", Mechanism.SymlinkTarget, "sw"))
            .Add("system-path", path => path.Refers("nix-2.11.0-doc", Mechanism.SymlinkTarget, "share/doc/nix", "/share/doc/nix"))
            .Add("nix-2.11.0-doc", path => path.Refers("nix-2.11.0", Mechanism.Text, "share/doc/nix/manual/index.html"))
            .Add("nix-2.11.0", path => path.Program("bin/nix", Intel))
            .Build();

        AssertCut(closure, "nix-2.11.0-doc", "nix-2.11.0", RuleIds.ForeignReference, Effect.Bloats);
    }

    [Fact]
    public void Pull_request_142301_propagated_cffi_is_cut_at_pycares_and_no_dev_output_is_advised()
    {
        ScannedClosure closure = new ClosureBuilder()
            .Add($"python3.9-aiodns-3.0.0-{Suffix}", path => path
                .Refers($"python3.9-pycares-4.0.0-{Suffix}", Mechanism.NixSupport, "nix-support/propagated-build-inputs"))
            .Add($"python3.9-pycares-4.0.0-{Suffix}", path => path.Library("lib/python3.9/site-packages/pycares/_cares.so", Arm)
                .Refers("python3.9-cffi-1.14.6", Mechanism.NixSupport, "nix-support/propagated-native-build-inputs"))
            .Add("python3.9-cffi-1.14.6", path => path.Library("lib/python3.9/site-packages/_cffi_backend.so", Intel))
            .Build();

        Finding leak = AssertCut(closure, $"python3.9-pycares-4.0.0-{Suffix}", "python3.9-cffi-1.14.6", RuleIds.ForeignReference, Effect.Bloats);
        Assert.Contains("nativeBuildInputs", leak.Fix, StringComparison.Ordinal);
        Assert.Contains("A dev output alone does not cut this", leak.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Pull_request_58606_static_gcc_is_cut_at_glibc_and_linux_headers_are_fine()
    {
        ScannedClosure closure = new ClosureBuilder()
            .Add($"gmp-6.1.2-{Suffix}", path => path.Library("lib/libgmp.so", Arm).Refers($"glibc-2.27-{Suffix}", Mechanism.ElfRunpath, "lib/libgmp.so"))
            .Add($"glibc-2.27-{Suffix}", path => path.Library("lib/libc.so.6", Arm)
                .Refers($"{Suffix}-stage-static-gcc-debug-7.4.0", Mechanism.ArchiveMember, "lib/libc.a")
                .Refers("linux-headers-4.19.16", Mechanism.Text, "include/asm"))
            .Add($"{Suffix}-stage-static-gcc-debug-7.4.0", path => path.Program("bin/gcc", Intel)
                .Refers("glibc-2.27", Mechanism.ElfInterpreter, "bin/gcc").Refers("zlib-1.2.11", Mechanism.ElfRunpath, "bin/gcc"))
            .Add("glibc-2.27", path => path.Library("lib/libc.so.6", Intel))
            .Add("zlib-1.2.11", path => path.Library("lib/libz.so", Intel))
            .Add("linux-headers-4.19.16")
            .Build();

        AssertCut(closure, $"glibc-2.27-{Suffix}", $"{Suffix}-stage-static-gcc-debug-7.4.0", RuleIds.ForeignReference, Effect.Bloats);
    }

    private static Finding AssertCut(ScannedClosure closure, string from, string to, string rule, Effect effect)
    {
        Finding leak = Assert.Single(ClosureAnalyzer.Analyze(closure).Findings);
        Assert.Equal((from, to), (leak.From.Name, leak.To!.Name));
        Assert.Equal((rule, effect), (leak.Rule, leak.Effect));
        return leak;
    }
}
