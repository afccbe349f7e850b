using ClosureScan.Analysis.Reports;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Streams;

/// <summary>Equal closures give equal bytes: whatever the machine's language and clock, and however many paths are scanned at once.</summary>
[Trait(Tier.Name, Tier.Processes)]
public sealed class SameOutputTests
{
    public static TheoryData<string> Formats => ["text", .. ReportFormat.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Check_prints_the_same_everywhere(string format) =>
        AssertSame("check", "--strict", "--format", format, LeakyCache.RootName, "--store", "samples/leaky-cache");

    [Theory]
    [InlineData("scan", "--deep")]
    [InlineData("scan", "--format", "json")]
    [InlineData("size")]
    [InlineData("size", "--format", "csv")]
    [InlineData("size", "--format", "json")]
    [InlineData("cut")]
    [InlineData("cut", "--format", "json")]
    [InlineData("cut", "--format", "dot")]
    public void Command_prints_the_same_everywhere(params string[] arguments) =>
        AssertSame([.. arguments, LeakyCache.RootName, "--store", "samples/leaky-cache"]);

    [Fact]
    public void Baseline_is_the_same_everywhere()
    {
        using TemporaryTree tree = new();
        string[] call = ["baseline", "write", LeakyCache.RootName, "--store", "samples/leaky-cache", "--quiet", "--force", "--baseline", tree.PathOf("baseline")];
        string[] written = [.. Environments.Select(environment =>
        {
            Assert.Equal(0, ClosureScanTool.RunInShell($"{environment} \"$@\"", call).ExitCode);
            return File.ReadAllText(tree.PathOf("baseline"));
        })];

        Assert.All(written, text => Assert.Equal(written[0], text));
    }

    /// <summary>In Turkish an I has no dot when it is small; in German a comma parts the decimals; elsewhere it is tomorrow.</summary>
    private static string[] Environments =>
    [
        "LC_ALL=C TZ=UTC",
        "LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 TZ=Pacific/Kiritimati",
        "LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 TZ=Pacific/Pago_Pago",
    ];

    private static void AssertSame(params string[] call)
    {
        ToolRun[] runs = [.. Environments.Select((environment, index) => ClosureScanTool.RunInShell($"{environment} \"$@\"", [.. call, "--jobs", $"{1 << (2 * index)}"]))];

        Assert.NotEmpty(runs[0].Lines);
        Assert.All(runs, run => Assert.Equal(runs[0].ExitCode, run.ExitCode));
        Assert.All(runs, run => Assert.Equal(runs[0].Text, run.Text));
        Assert.All(runs, run => Assert.Equal(runs[0].Error, run.Error));
    }
}
