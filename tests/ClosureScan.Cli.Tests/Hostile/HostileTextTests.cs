using System.Text.RegularExpressions;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Hostile;

/// <summary>
/// Hostile text in every field that reaches an output, through every command and format: every byte that comes out is one that may. Nothing that
/// shows the output obeys a file's name, a policy's reason or an evaluator's message.
/// </summary>
[Trait(Tier.Name, Tier.Laws)]
public sealed partial class HostileTextTests : IDisposable
{
    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Names_and_contents_of_files_reach_no_output_raw() => AssertHarmless(new HostileSources(_tree).OfContents(), shown: 60);

    [Fact]
    public void Fields_of_metadata_and_configuration_reach_no_output_raw() => AssertHarmless(new HostileSources(_tree).OfFields(), shown: 200);

    [Fact]
    public void Ledger_of_a_fleet_reaches_no_output_raw()
    {
        HostileFleet fleet = new(_tree, new HostileSources(_tree).MakeCache());
        AssertHarmless(fleet.Calls(), shown: 10);
        Assert.Empty(fleet.Exported().Select(file => Outcome.FaultOf(file, ["--format", "csv"])).OfType<string>());
    }

    private static void AssertHarmless(IEnumerable<string[]> calls, int shown)
    {
        List<string> faults = [];
        int count = 0;
        foreach (string[] call in calls)
        {
            ToolRun run = ClosureScanTool.Run(call);
            count += EscapedEscape().IsMatch(run.Text + run.Error) ? 1 : 0;
            if (Outcome.FaultOf(run, call) is { } fault && !(call is ["nar", "cat", ..] && run.ExitCode == 0))
            {
                faults.Add($"{string.Join(' ', call)}\n    {fault}");
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));

        // An output without the text would tell nothing.
        Assert.InRange(count, shown, int.MaxValue);
    }

    [GeneratedRegex(@"\\x1b|\\u001b|&#x1b;", RegexOptions.IgnoreCase)]
    private static partial Regex EscapedEscape();
}
