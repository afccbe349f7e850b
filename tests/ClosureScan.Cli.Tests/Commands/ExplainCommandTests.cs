using ClosureScan.Analysis.Policy;
using ClosureScan.Cli.Shell;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>Every word of a report is explained, and what is printed as an entry of a policy is one.</summary>
public sealed class ExplainCommandTests
{
    private static readonly string[] Sample = ["--store", LeakyCache.Location, "*-pi-image-*"];

    public static TheoryData<string> Names => [.. Vocabulary.Rules.Concat(Vocabulary.Mechanisms).Concat(Vocabulary.Kinds).Select(row => row.Name).Concat(["imports", "L3"])];

    [Theory]
    [MemberData(nameof(Names))]
    public void Word_is_explained_with_lines_that_a_policy_takes(string name)
    {
        ToolRun run = ClosureScanTool.Run("explain", name);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith($"{name} (", run.Text, StringComparison.Ordinal);
        Assert.All(run.Lines, line => Assert.True(line.Length <= 80 || !line.Trim().Contains(' ', StringComparison.Ordinal), line));
        if (Lines(run) is { Length: > 0 } policy)
        {
            Assert.NotNull(ClosurePolicy.Read(new StringReader(policy), "closurescan.yaml"));
        }
        else
        {
            Assert.Equal("L3", name);
        }
    }

    [Theory]
    [InlineData("5")]
    [InlineData("foreign-interpreter:kbd:bash")]
    public void Finding_is_explained_with_the_entries_that_accept_it(string word)
    {
        using TemporaryTree folder = new();
        ToolRun run = ClosureScanTool.Run(["explain", word, .. Sample]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("bin/unicode_start:1:14 shebang", run.Text, StringComparison.Ordinal);
        Assert.Contains("  shebang: The first line of a script", run.Text, StringComparison.Ordinal);
        folder.File("closurescan.yaml", Lines(run));
        ToolRun check = ClosureScanTool.Run(["check", "--policy", folder.PathOf("closurescan.yaml"), .. Sample]);
        Assert.Contains("6 findings fail, 2 places accepted by the policy.", check.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Saved_report_will_do_for_a_closure()
    {
        using TemporaryTree folder = new();
        ClosureScanTool.Run(["scan", .. Sample, "-q", "-o", folder.PathOf("report.json")]);
        Assert.Equal(ClosureScanTool.Run(["explain", "3", .. Sample]).Text, ClosureScanTool.Run("explain", "3", folder.PathOf("report.json")).Text);
    }

    [Theory]
    [InlineData("3", "3 is a finding of a closure: say which, closurescan explain 3 ROOT.")]
    [InlineData("shebnag", "Did you mean \"shebang\"?")]
    public void What_is_no_word_is_told(string word, string message)
    {
        ToolRun run = ClosureScanTool.Run("explain", word);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_of_explain_and_policy_and_the_list_have_every_name()
    {
        string list = ClosureScanTool.Run("explain").Text;
        foreach (string[] call in (string[][])[["explain", "--help"], ["policy", "init", "--help"], ["policy", "check", "--help"]])
        {
            string help = ClosureScanTool.Run(call).Text;
            Assert.All(Vocabulary.Rules.Concat(Vocabulary.Mechanisms).Concat(Vocabulary.Kinds), row =>
            {
                Assert.Contains(row.Name, help, StringComparison.Ordinal);
                Assert.Contains($"  {row.Name} ", list, StringComparison.Ordinal);
            });
        }

        Assert.All(PolicyKeys.All, key => Assert.Contains($"\n  {key.Key} ", ClosureScanTool.Run("policy", "init", "--help").Text, StringComparison.Ordinal));
    }

    /// <summary>The lines that begin where those of a policy do.</summary>
    private static string Lines(ToolRun run)
    {
        int begin = Array.FindLastIndex(run.Lines, line => line.StartsWith("  to ", StringComparison.Ordinal));
        return begin < 0 ? "" : string.Join('\n', run.Lines[(begin + 1)..]) + "\n";
    }
}
