using ClosureScan.Cli.Commands;
using ClosureScan.Cli.Shell;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Shell;

/// <summary>groff sets the page without a warning, and nothing of the option table is missing in it.</summary>
public sealed class ManualPageTests
{
    private static readonly CommandNode Root = CommandNode.Of(CommandLine.Create());

    [Fact]
    public void Page_is_set_without_a_warning_and_tells_every_option_and_exit_code()
    {
        string groff = RequiredTool.Find("groff");
        using TemporaryTree tree = new();
        using StringWriter writer = new();
        ManualPage.Write(Root, "1.2.3", writer);
        tree.File("closurescan.1", writer.ToString());

        ToolRun run = ToolRun.Execute(groff, ["-z", "-man", "-Kutf8", "-ww", tree.PathOf("closurescan.1")]);
        ToolRun set = ToolRun.Execute(groff, ["-man", "-Kutf8", "-Tascii", "-P-cbou", tree.PathOf("closurescan.1")]);

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("closurescan 1.2.3", set.Text, StringComparison.Ordinal);
        Assert.All(
            Root.All().Where(command => command.Subcommands.Count == 0),
            command =>
            {
                string section = SectionOf(set.Text, $"closurescan {command.Path}");
                Assert.All(command.Options.SelectMany(option => option.Names), name => Assert.Contains(name, section, StringComparison.Ordinal));
            });
        string examples = string.Join(' ', SectionOf(set.Text, "EXAMPLES", indent: "").Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.All(
            Root.All().SelectMany(command => CommandExample.Of(command.Path)),
            example => Assert.Contains($"closurescan {example.Arguments}", examples, StringComparison.Ordinal));
        string status = SectionOf(set.Text, "EXIT STATUS", indent: "");
        Assert.All(ExitCode.Meanings, row => Assert.Matches($@"(?m)^ +{row.Code} ", status));
    }

    /// <summary>The lines from a title to the next one of its indentation.</summary>
    private static string SectionOf(string page, string title, string indent = "   ")
    {
        string[] lines = page.Split('\n');
        int begin = Array.FindIndex(lines, line => line == indent + title);
        Assert.True(begin >= 0, $"The page has no section \"{title}\".");
        int length = lines.Skip(begin + 1).TakeWhile(line => line.Length <= indent.Length || line[indent.Length] == ' ').Count();
        return string.Join('\n', lines[(begin + 1)..(begin + 1 + length)]);
    }
}
