using ClosureScan.Analysis.Findings;
using ClosureScan.Platforms;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Leaks;

/// <summary>What holds several platforms is judged by what the host runs of it: nothing is foreign, anything is not.</summary>
public sealed class FatFileTests
{
    [Theory]
    [InlineData("armv7l-linux", "x86_64-darwin aarch64-darwin", "x86_64-darwin")]
    [InlineData("armv7l-linux", "aarch64-darwin x86_64-darwin", "aarch64-darwin")]
    [InlineData("x86_64-linux", "x86_64-darwin i686-darwin", "x86_64-darwin")]
    [InlineData("aarch64-darwin", "x86_64-darwin aarch64-darwin", null)]
    [InlineData("x86_64-darwin", "i686-darwin powerpc-darwin x86_64-darwin", null)]
    public void Program_is_foreign_when_none_of_its_platforms_is_the_hosts(string host, string systems, string? foreign)
    {
        foreach (FileRole role in (FileRole[])[FileRole.Program, FileRole.SharedLibrary])
        {
            ClosureReport report = Analyze(host, path => path.Fat("bin/tool", role, systems.Split(' ')));
            Assert.Equal(foreign is null ? [] : [(RuleIds.ForeignBinary, "bin/tool", foreign)], report.Findings.Select(finding => (finding.Rule, Assert.Single(finding.Evidence).File, finding.Platform)));
        }
    }

    [Fact]
    public void Files_beside_it_are_judged_as_before()
    {
        ClosureReport report = Analyze("armv7l-linux", path => path
            .Fat("bin/fat", FileRole.Program, "x86_64-darwin", "aarch64-darwin")
            .Program("bin/thin", "x86_64-darwin")
            .Program("bin/right", "armv7l-linux"));

        Finding finding = Assert.Single(report.Findings);
        Assert.Equal(["bin/fat", "bin/thin"], finding.Evidence.Select(evidence => evidence.File).Order());
        Assert.Equal(2, finding.FileCount);
    }

    private static ClosureReport Analyze(string host, Action<ClosurePathBuilder> describe) => ClosureAnalyzer.Analyze(
        new ClosureBuilder().Add("app-1", describe).Build(),
        new AnalysisOptions { Host = Platform.TryParse(host, out Platform? platform) ? platform : null });
}
