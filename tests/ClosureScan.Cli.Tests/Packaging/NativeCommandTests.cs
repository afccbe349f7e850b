using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Packaging;

/// <summary>The tests of the commands once more, on the native program: what it was compiled to does what the sources say.</summary>
[Trait(Tier.Name, Tier.Packaging)]
public sealed class NativeCommandTests
{
    [Theory]
    [InlineData("-namespace", "ClosureScan.Cli.Tests.Commands")]
    [InlineData("-class", "ClosureScan.Cli.Tests.Hostile.HostileTextTests", "-class", "ClosureScan.Cli.Tests.Hostile.MalformedMetadataTests")]
    public void Tests_of_the_commands_pass_on_the_native_program(params string[] chosen)
    {
        string program = Path.Combine(NativeTool.Folder(), "closurescan");
        Dictionary<string, string?> variables = new() { [ClosureScanTool.ProgramVariable] = program };

        // Without those that let a real Nix build: the same closures again, for minutes.
        ToolRun run = ToolRun.Execute(
            Path.Combine(AppContext.BaseDirectory, "ClosureScan.Cli.Tests"), [.. chosen, "-trait-", $"{Tier.Name}={Tier.Real}", "-noColor", "-noLogo"], variables, Repository.Root);

        Assert.True(run.ExitCode == 0, run.Text + run.Error);
        Assert.Matches("Total: [1-9][0-9]+,", run.Text);
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
