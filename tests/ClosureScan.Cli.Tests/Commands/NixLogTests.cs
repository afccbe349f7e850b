using System.Runtime.Versioning;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>The logs of what differs come from the user's own <c>nix log</c>, and of nothing else.</summary>
[Trait(Tier.Name, Tier.Processes)]
[UnsupportedOSPlatform("windows")]
public sealed class NixLogTests : IDisposable
{
    private const string Sample = "samples/cross-native";

    private readonly TemporaryTree _tree = new();

    [Fact]
    public void Logs_that_Nix_has_tell_the_causes()
    {
        _tree.File("bin/nix", $$"""
            #!/bin/sh
            echo "$*" >> {{_tree.PathOf("asked")}}
            case "$*" in
              *-tally-armv7l-*) exec cat {{Repository.PathOf(Sample)}}/cross.log ;;
              *-tally-1.4) exec cat {{Repository.PathOf(Sample)}}/native.log ;;
              *) echo "error: build log is not available" >&2; exit 1 ;;
            esac

            """, executable: true);
        ToolRun run = Compare("--nix-log");

        Assert.Contains("tally_cv_large_files=yes", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("not available", run.Error, StringComparison.Ordinal);
        Assert.All(File.ReadAllLines(_tree.PathOf("asked")), line => Assert.Matches("^--extra-experimental-features nix-command log -- /nix/store/.*-tally-(1.4|armv7l-.*-1.4)$", line));
    }

    [Fact]
    public void Without_a_log_the_way_to_one_is_told()
    {
        Assert.Contains("--nix-log asks Nix for them", OneLine(Compare()), StringComparison.Ordinal);
        _tree.File("bin/nix", "#!/bin/sh\nexit 1\n", executable: true);
        Assert.DoesNotContain("--nix-log asks Nix for them", OneLine(Compare("--nix-log")), StringComparison.Ordinal);
    }

    public void Dispose() => _tree.Dispose();

    private static string OneLine(ToolRun run) => string.Join(' ', run.Text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private ToolRun Compare(params string[] arguments)
    {
        Dictionary<string, string?> variables = new() { ["PATH"] = $"{_tree.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}", ["NO_COLOR"] = null };
        ToolRun run = ClosureScanTool.RunWith(
            variables, null, ["compare", "--cross-store", $"{Sample}/cross", "--native-store", $"{Sample}/native", "*-tally-tools-*", "*-tally-tools-*", .. arguments]);
        Assert.True(run.ExitCode == 1, run.Error);
        return run;
    }
}
