using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Leaks;

public sealed class FixAdviceTests
{
    private const string Arm = "armv7l-linux";
    private const string Intel = "x86_64-linux";
    private const string Suffix = "armv7l-unknown-linux-gnueabihf";

    [Theory]
    [InlineData($"{Suffix}-gcc-wrapper-13.2.0", "remove-references-to -t ${stdenv.cc} ")]
    [InlineData($"{Suffix}-gcc-13.2.0", "remove-references-to -t ${stdenv.cc.cc} ")]
    [InlineData("coreutils-9.4", "remove-references-to -t ${buildPackages.coreutils} ")]
    [InlineData("postgresql-15.2-lib", "remove-references-to -t ${buildPackages.postgresql.lib} ")]
    [InlineData("python3.11-cffi-1.16", "remove-references-to -t the store path of the build's python3.11-cffi ")]
    public void Removal_is_told_as_a_nix_expression_without_hashes(string target, string advice)
    {
        Finding leak = Only(new ClosureBuilder()
            .Add($"app-{Suffix}-1", path => path.Program("bin/app", Arm).Refers(target, Mechanism.Text, "share/settings", context: "configure --with", usage: Usage.Builds))
            .Add(target, path => path.Program("bin/gcc", Intel)));
        Assert.StartsWith(advice, leak.Fix, StringComparison.Ordinal);
        Assert.DoesNotContain("/nix/store", leak.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Reference_that_only_a_foreign_program_holds_goes_away_with_it()
    {
        const string Generator = "lib/systemd/system-generators/zram-generator";
        ClosureReport report = ClosureAnalyzer.Analyze(new ClosureBuilder()
            .Add($"zram-generator-{Suffix}-1", path => path.Program("bin/zramctl", Arm).Program(Generator, Intel).Refers("glibc-2.38", Mechanism.ElfInterpreter, Generator, "/lib/ld.so"))
            .Add("glibc-2.38", path => path.Library("lib/libc.so.6", Intel))
            .Build());
        Finding edge = report.Findings.Single(leak => leak.Rule == RuleIds.ForeignInterpreter);
        Assert.Equal("Goes away with the files that hold it: they are built for x86_64-linux, and told as foreign-binary.", edge.Fix);
    }

    private static Finding Only(ClosureBuilder closure) => Assert.Single(ClosureAnalyzer.Analyze(closure.Build()).Findings);
}
