using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>The first screen of real cross-compiled packages.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class RealScreenTests(CrossClosure cross) : IClassFixture<CrossClosure>
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void First_screen_has_verdict_sizes_and_the_largest_trees(int width)
    {
        ToolRun run = ClosureScanTool.Run("scan", cross.Root.ToString(), "--no-progress", "--width", $"{width}");
        ScreenTests.AssertFits(run, width);
        Assert.Matches(@"^cross-image-1\.0  [0-9a-z]{8} +armv7l-linux, built on x86_64-linux\n[0-9.]+ MiB; [0-9.]+ MiB \([0-9]+ %\) in 7 paths come from the build machine\.\n4 edges free [0-9.]+ MiB of it, 7 edges free it all\. 7 findings: 2 BREAK, 5 bloat\.\n", run.Text);
        string[] groups = [.. run.Lines.Where(line => line.Length > 12 && line[..8].TrimEnd().EndsWith("iB", StringComparison.Ordinal) && line[8] == ' ').Select(line => line[10..])];
        Assert.Equal(["gcc-12.2.0", "glibc-2.36"], groups);
        foreach (string place in (string[])["curl-7.88.1  bin/curl-config:81", "bzip2-1.0.8  bin/bunzip2", "bash-5.2.15  bin/bashbug:", "tcl-8.6.13   lib/tclConfig.sh:", "gzip-1.12    bin/zgrep:", "gzip-1.12    bin/gunzip:1", "bash-5.2.15  lib/bash/Makefile.inc:"])
        {
            Assert.Contains(place, run.Text, StringComparison.Ordinal);
        }
    }
}
