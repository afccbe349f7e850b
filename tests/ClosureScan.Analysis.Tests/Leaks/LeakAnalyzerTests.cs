using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Platforms;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Leaks;

public sealed class LeakAnalyzerTests
{
    private const string Arm = "armv7l-linux";
    private const string Intel = "x86_64-linux";
    private const string Suffix = "armv7l-unknown-linux-gnueabihf";

    private static ClosureBuilder CurlClosure() => new ClosureBuilder()
        .Add($"system-{Suffix}-1", path => path.Refers($"curl-{Suffix}-8.9.1", Mechanism.SymlinkTarget, "sw/bin/curl"))
        .Add($"curl-{Suffix}-8.9.1", path => path
            .Program("bin/curl", Arm)
            .Refers($"glibc-{Suffix}-2.39", Mechanism.ElfInterpreter, "bin/curl")
            .Refers($"{Suffix}-gcc-wrapper-13.2.0", Mechanism.ConfigScript, "bin/curl-config", "/bin/gcc"))
        .Add($"glibc-{Suffix}-2.39", path => path.Library("lib/libc.so.6", Arm))
        .Add($"{Suffix}-gcc-wrapper-13.2.0", path => path.Size(2000)
            .Refers($"{Suffix}-gcc-13.2.0", Mechanism.ScriptBody, "bin/gcc", "/bin/gcc", executable: true)
            .Refers("bash-5.2", Mechanism.Shebang, "bin/gcc", "/bin/bash", executable: true))
        .Add($"{Suffix}-gcc-13.2.0", path => path.Size(90_000).Program("bin/gcc", Intel).Library("lib/libgcc_s.so.1", Arm))
        .Add("bash-5.2", path => path.Size(3000).Program("bin/bash", Intel));

    [Fact]
    public void Leak_sits_on_the_edge_where_the_closure_leaves_the_host()
    {
        ClosureReport report = ClosureAnalyzer.Analyze(CurlClosure().Build());

        Finding leak = Assert.Single(report.Findings);
        Assert.Equal($"curl-{Suffix}-8.9.1", leak.From.Name);
        Assert.Equal($"{Suffix}-gcc-wrapper-13.2.0", leak.To!.Name);
        Assert.Equal(RuleIds.ForeignReference, leak.Rule);
        Assert.Equal(Effect.Bloats, leak.Effect);
        Assert.Equal("bin/curl-config", Assert.Single(leak.Evidence).File);
        Assert.Equal(2000 + 90_000 + 3000, leak.FreedBytes);
        Assert.Equal([$"system-{Suffix}-1", $"curl-{Suffix}-8.9.1", $"{Suffix}-gcc-wrapper-13.2.0"], leak.Chain.Select(path => path.Name));
    }

    [Fact]
    public void Host_comes_from_the_roots_name_before_anything_else()
    {
        ClosureReport report = ClosureAnalyzer.Analyze(CurlClosure().Build());
        Assert.Equal(Arm, report.Host?.System);
        Assert.Equal(HostOrigin.Names, report.HostFrom.Origin);
        Assert.Equal(Intel, report.Build?.System);
    }

    [Fact]
    public void Host_comes_from_the_roots_programs_when_its_name_says_nothing()
    {
        ScannedClosure closure = new ClosureBuilder().Add("tool-1", path => path.Program("bin/tool", Arm)).Build();
        ClosureReport report = ClosureAnalyzer.Analyze(closure);
        Assert.Equal(Arm, report.Host?.System);
        Assert.Equal(HostOrigin.Root, report.HostFrom.Origin);
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void Native_closure_has_no_leaks_and_a_note_on_what_only_builds_need()
    {
        ScannedClosure closure = new ClosureBuilder()
            .Add("app-1", path => path.Program("bin/app", Intel).Refers("gcc-13.2.0", Mechanism.ElfRunpath, "bin/app"))
            .Add("gcc-13.2.0", path => path.Program("bin/gcc", Intel))
            .Build();
        ClosureReport report = ClosureAnalyzer.Analyze(closure);
        Assert.Equal((RuleIds.BuildTool, Severity.Note), (Assert.Single(report.Findings).Rule, report.Findings[0].Severity));
        Assert.Empty(report.AtLeast(Effect.Bloats));
    }

    [Fact]
    public void Foreign_shebang_breaks_and_names_the_twin()
    {
        ScannedClosure closure = new ClosureBuilder()
            .Add($"redis-{Suffix}-7", path => path
                .Program("bin/redis", Arm)
                .Refers("bash-5.2", Mechanism.Shebang, "bin/redis-init", "/bin/bash", executable: true)
                .Refers($"bash-{Suffix}-5.2", Mechanism.Shebang, "bin/redis-stop", "/bin/bash", executable: true))
            .Add("bash-5.2", path => path.Program("bin/bash", Intel))
            .Add($"bash-{Suffix}-5.2", path => path.Program("bin/bash", Arm))
            .Build();

        Finding leak = Assert.Single(ClosureAnalyzer.Analyze(closure).Findings);
        Assert.Equal(RuleIds.ForeignInterpreter, leak.Rule);
        Assert.Equal(Effect.Breaks, leak.Effect);
        Assert.Contains("patchShebangs --host", leak.Fix, StringComparison.Ordinal);
        Assert.Contains($"bash-{Suffix}-5.2", leak.Fix, StringComparison.Ordinal);
        Assert.Equal("foreign-interpreter:redis:bash", leak.Key);
    }

    [Fact]
    public void Program_of_the_build_machine_inside_a_host_path_is_a_finding_of_its_own()
    {
        ScannedClosure closure = new ClosureBuilder()
            .Add($"zram-generator-{Suffix}-1.1", path => path.Program("lib/systemd/system-generators/zram-generator", Intel))
            .Build();

        ClosureReport report = ClosureAnalyzer.Analyze(closure);
        Finding leak = Assert.Single(report.Findings);
        Assert.Equal(RuleIds.ForeignBinary, leak.Rule);
        Assert.Equal(Effect.Breaks, leak.Effect);
        Assert.Equal(Intel, leak.Platform);
        Assert.Equal(PathSide.Mixed, Assert.Single(report.Paths).Side);
    }

    [Fact]
    public void Text_only_path_is_looked_through()
    {
        ScannedClosure closure = new ClosureBuilder()
            .Add($"image-{Suffix}-1", path => path.Program("init", Arm).Refers("system-path", Mechanism.SymlinkTarget, "sw"))
            .Add("system-path", path => path.Refers("nixos-install", Mechanism.SymlinkTarget, "bin/nixos-install", "/bin/nixos-install"))
            .Add("nixos-install", path => path.Refers("bash-5.2", Mechanism.Shebang, "bin/nixos-install", "/bin/bash", executable: true))
            .Add("bash-5.2", path => path.Program("bin/bash", Intel))
            .Build();

        ClosureReport report = ClosureAnalyzer.Analyze(closure);
        Finding leak = Assert.Single(report.Findings);
        Assert.Equal("nixos-install", leak.From.Name);
        Assert.Equal(PathSide.Neutral, report.Paths.Single(path => path.Path.Name == "system-path").Side);
    }

    [Fact]
    public void Cross_compilers_library_output_is_no_leak()
    {
        ScannedClosure closure = new ClosureBuilder()
            .Add($"hello-{Suffix}-2", path => path.Program("bin/hello", Arm).Refers($"{Suffix}-gcc-13.2.0-lib", Mechanism.ElfRunpath, "bin/hello"))
            .Add($"{Suffix}-gcc-13.2.0-lib", path => path.Library("lib/libstdc++.so.6", Arm))
            .Build();
        Assert.Empty(ClosureAnalyzer.Analyze(closure).Findings);
    }

    [Fact]
    public void Unpatched_shebang_in_a_program_directory_dangles_and_bin_sh_does_not()
    {
        ScannedClosure closure = new ClosureBuilder()
            .Add($"wg-{Suffix}-1", path => path.Program("bin/wg", Arm)
                .Script("bin/wg-quick", "/bin/bash")
                .Script("bin/wg-json", "/usr/bin/env")
                .Script("bin/wg-sh", "/bin/sh")
                .Script("share/doc/example.pl", "/usr/bin/perl"))
            .Build();
        Finding leak = Assert.Single(ClosureAnalyzer.Analyze(closure).Findings);
        Assert.Equal(RuleIds.DanglingInterpreter, leak.Rule);
        Assert.Equal("bin/wg-quick", Assert.Single(leak.Evidence).File);
    }

    [Fact]
    public void Keys_hold_when_every_hash_and_version_changes()
    {
        ImmutableArray<Finding> here = ClosureAnalyzer.Analyze(CurlClosure().Build()).Findings;
        ClosureBuilder elsewhere = new() { Salt = "elsewhere" };
        elsewhere
            .Add($"system-{Suffix}-2", path => path.Refers($"curl-{Suffix}-8.10.0", Mechanism.SymlinkTarget, "sw/bin/curl"))
            .Add($"curl-{Suffix}-8.10.0", path => path.Program("bin/curl", Arm).Refers($"{Suffix}-gcc-wrapper-14.1.0", Mechanism.ConfigScript, "bin/curl-config"))
            .Add($"{Suffix}-gcc-wrapper-14.1.0", path => path.Refers($"{Suffix}-gcc-14.1.0", Mechanism.ScriptBody, "bin/gcc"))
            .Add($"{Suffix}-gcc-14.1.0", path => path.Program("bin/gcc", Intel));
        Assert.Equal(here.Select(leak => leak.Key), ClosureAnalyzer.Analyze(elsewhere.Build()).Findings.Select(leak => leak.Key));
    }

    [Fact]
    public void Unknown_host_gives_no_findings_and_says_so()
    {
        ClosureReport report = ClosureAnalyzer.Analyze(new ClosureBuilder().Add("texts-1").Build());
        Assert.Null(report.Host);
        Assert.Empty(report.Findings);
    }

    [Theory]
    [InlineData("x86_64-linux", "i686-linux", 0)]
    [InlineData("aarch64-linux", "x86_64-linux", 1)]
    public void What_the_host_runs_is_not_foreign(string host, string other, int findings)
    {
        Assert.True(Platform.TryParse(host, out Platform? platform));
        ScannedClosure closure = new ClosureBuilder()
            .Add("app-1", path => path.Program("bin/app", host).Refers("helper-1", Mechanism.ElfRodata, "bin/app", "/bin/helper"))
            .Add("helper-1", path => path.Program("bin/helper", other))
            .Build();
        Assert.Equal(findings, ClosureAnalyzer.Analyze(closure, new AnalysisOptions { Host = platform }).Findings.Length);
    }
}
