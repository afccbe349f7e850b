using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Packaging;

/// <summary>The tests of the commands once more, on the native program: what it was compiled to does what the sources say.</summary>
[Trait(Tier.Name, Tier.Packaging)]
public sealed class NativeCommandTests
{
    [Theory]
    [InlineData("-namespace", "ClosureScan.Cli.Tests.Commands")]
    [InlineData("-class", "ClosureScan.Cli.Tests.Hostile.HostileTextTests", "-class", "ClosureScan.Cli.Tests.Hostile.MalformedMetadataTests", "-class", "ClosureScan.Cli.Tests.Hostile.HostilePeerTests")]
    [InlineData("-method", "*.OutsideReaderFuzzTests.Mutated_*", "-method", "*.OutsideReaderFuzzTests.Input_*")]
    public void Tests_of_the_commands_pass_on_the_native_program(params string[] chosen)
    {
        string program = Path.Combine(NativeTool.Folder(), "closurescan");
        Dictionary<string, string?> variables = new() { [ClosureScanTool.ProgramVariable] = program, ["CLOSURESCAN_OUTCOME_CASES"] = "3" };

        // Without those that let a real Nix build: the same closures again, for minutes.
        ToolRun run = ToolRun.Execute(
            Path.Combine(AppContext.BaseDirectory, "ClosureScan.Cli.Tests"), [.. chosen, "-trait-", $"{Tier.Name}={Tier.Real}", "-noColor", "-noLogo"], variables, Repository.Root);

        Assert.True(run.ExitCode == 0, run.Text + run.Error);
        Assert.Matches("Total: [1-9][0-9]+,", run.Text);
    }

    /// <summary>Of fewer than two threads the runtime itself does not start: it ends with 255 and not a word.</summary>
    [Fact]
    public void Account_that_may_start_no_threads_is_told_so()
    {
        string setpriv = RequiredTool.Find("setpriv");
        if (!Environment.IsPrivilegedProcess)
        {
            RequiredTool.Missing($"to run as root, for {setpriv} --reuid");
        }

        using TemporaryTree tree = new();
        tree.File("closurescan", File.ReadAllBytes(Path.Combine(NativeTool.Folder(), "closurescan")), executable: true);
        LeakyCache.CopyTo(tree.PathOf("cache"));
        Assert.Equal(0, ToolRun.Execute(RequiredTool.Find("chmod"), ["-R", "a+rX", tree.Root]).ExitCode);
        for (int threads = 2; threads <= 12; threads++)
        {
            // Of an account that runs nothing else.
            ToolRun run = ToolRun.Execute(RequiredTool.Find("timeout"), [
                "60", setpriv, "--reuid=64321", "--clear-groups", "prlimit", $"--nproc={threads}", tree.PathOf("closurescan"), "scan", "--store", tree.PathOf("cache"), LeakyCache.RootName]);

            Assert.True(run.ExitCode is 1 or 3, $"{threads} threads: {run.ExitCode} {run.Error}");
            Assert.True(run.ExitCode == 1 || run.Error.Contains("start no more threads", StringComparison.Ordinal), run.Error);
            Assert.DoesNotContain("Unhandled", run.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>Threads that meet a native decoder for the first time at once must not unload it under each other. It once ended one run of a thousand.</summary>
    [Theory]
    [InlineData("2")]
    [InlineData("8")]
    [InlineData("32")]
    public void Many_runs_of_several_jobs_all_end(string jobs)
    {
        string program = Path.Combine(NativeTool.Folder(), "closurescan");
        for (int run = 0; run < 100; run++)
        {
            Assert.Equal(1, ToolRun.Execute(program, ["scan", "--store", LeakyCache.Location, LeakyCache.RootName, "--jobs", jobs]).ExitCode);
        }
    }
}
