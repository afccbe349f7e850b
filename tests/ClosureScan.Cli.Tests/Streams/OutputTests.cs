using System.Globalization;
using System.Text.Json;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Streams;

/// <summary>A report that went nowhere is no success: a gate would pass unseen.</summary>
[Trait(Tier.Name, Tier.Processes)]
public sealed class OutputTests
{
    public static TheoryData<string> Calls =>
    [
        "--version",
        "scan --help",
        "man",
        "nar ls samples/leaky-cache-source",
        "nar ls samples/leaky-cache-source --format json",
        "nar verify samples/leaky-cache-source",
        "nar cat samples/leaky-cache-source README.md",
        "scan --store samples/leaky-cache --fail-on none *-pi-image-*",
        "scan --store samples/leaky-cache --fail-on none --format json *-pi-image-*",
    ];

    [Fact]
    public void Unknown_kernel_gives_exit_code_2_and_those_that_there_are()
    {
        ToolRun run = ClosureScanTool.RunInShell("CLOSURESCAN_KERNEL=abacus \"$@\"", "scan", "--store", "samples/leaky-cache", "*-pi-image-*");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("closurescan: CLOSURESCAN_KERNEL=abacus names no kernel that this machine can run; it can run ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"$@\" 2>&-", 4, "scan", "--store", "samples/leaky-cache", "*nothing*")]
    [InlineData("\"$@\" 2>&-", 0, "size", "--store", "samples/leaky-cache", "*-pi-image-*")]
    [InlineData("\"$@\" >&-", 3, "size", "--store", "samples/leaky-cache", "*-pi-image-*")]
    [InlineData("timeout 20 \"$@\" <&-", 2, "refs", "-")]
    [InlineData("timeout 20 \"$@\" <&-", 2, "nar", "ls", "-")]
    public void Closed_stream_changes_no_exit_code_and_is_not_waited_for(string script, int exitCode, params string[] call) =>
        Assert.Equal(exitCode, ClosureScanTool.RunInShell(script, call).ExitCode);

    [Theory]
    [MemberData(nameof(Calls))]
    public void Full_disk_gives_exit_code_3_and_its_reason(string call)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("/dev/full is Linux's.");
        }

        ToolRun run = ClosureScanTool.RunInShell("\"$@\" > /dev/full", call.Split(' '));

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("closurescan: Standard output: No space left on device.\n", run.Error);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Reader_that_has_gone_is_no_error(string call) => AssertQuiet(call, 0);

    [Theory]
    [InlineData("scan --store samples/leaky-cache *-pi-image-*", 1)]
    [InlineData("scan --store samples/leaky-cache --format json *-pi-image-*", 1)]
    public void Reader_that_has_gone_leaves_the_code_that_the_scan_had(string call, int exitCode) => AssertQuiet(call, exitCode);

    private static void AssertQuiet(string call, int exitCode)
    {
        using TemporaryTree tree = new();

        // A pipe that once had a reader: the descriptor that held both ends is closed before the tool starts.
        RequiredTool.Find("mkfifo");
        ToolRun run = ClosureScanTool.RunInShell($"mkfifo {tree.Root}/pipe; exec 3<>{tree.Root}/pipe 4>{tree.Root}/pipe 3>&-; \"$@\" >&4", call.Split(' '));

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public void Device_named_by_output_is_written_to_and_stays_a_device()
    {
        ToolRun run = ClosureScanTool.Run("scan", "--store", "samples/leaky-cache", "--quiet", "-o", "/dev/null", "*-pi-image-*");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Text);
        Assert.Equal("", run.Error);
        Assert.Equal(3, ClosureScanTool.Run("scan", "--store", "samples/leaky-cache", "--quiet", "-o", "/dev/full", "*-pi-image-*").ExitCode);
        Assert.Equal("character special file", ToolRun.Execute(RequiredTool.Find("stat"), ["-c", "%F", "/dev/null"]).Text.Trim());
    }

    [Theory]
    [InlineData("-o", "{0}")]
    [InlineData("--report", "json={0}")]
    public void Pipe_named_by_an_option_is_written_into_and_stays_a_pipe(string option, string value)
    {
        using TemporaryTree tree = new();
        RequiredTool.Find("mkfifo");
        string pipe = tree.PathOf("pipe");

        ToolRun run = ClosureScanTool.RunInShell(
            $"mkfifo {pipe}; \"$@\" > /dev/null & cat {pipe}; test -p {pipe} && wait $!",
            "scan", "--store", "samples/leaky-cache", "--format", "json", option, string.Format(CultureInfo.InvariantCulture, value, pipe), "*-pi-image-*");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Error);
        using JsonDocument report = JsonDocument.Parse(run.Output);
        Assert.Equal(7, report.RootElement.GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public void Link_named_by_output_stays_a_link_to_the_report()
    {
        using TemporaryTree tree = new TemporaryTree().Directory("reports").Symlink("latest", "reports/today");

        Assert.Equal(1, ClosureScanTool.Run("scan", "--store", "samples/leaky-cache", "-o", tree.PathOf("latest"), "*-pi-image-*").ExitCode);

        Assert.Equal("reports/today", new FileInfo(tree.PathOf("latest")).LinkTarget);
        Assert.Contains("bin/curl-config", File.ReadAllText(tree.PathOf("reports/today")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("FORCE_COLOR=1", true)]
    [InlineData("FORCE_COLOR=0", false)]
    [InlineData("FORCE_COLOR=1 NO_COLOR=1", false)]
    [InlineData("FORCE_COLOR=1 NO_COLOR=", true)]
    public void Pipe_is_coloured_when_the_environment_says_so(string environment, bool expected)
    {
        ToolRun run = ClosureScanTool.RunInShell($"{environment} \"$@\"", "scan", "--store", "samples/leaky-cache", "*-pi-image-*");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(expected, run.Text.Contains('\e', StringComparison.Ordinal));
    }

    [Fact]
    public void No_color_wins_over_the_environment()
    {
        ToolRun run = ClosureScanTool.RunInShell("FORCE_COLOR=1 \"$@\"", "scan", "--no-color", "--store", "samples/leaky-cache", "*-pi-image-*");

        Assert.DoesNotContain('\e', run.Text);
    }
}
