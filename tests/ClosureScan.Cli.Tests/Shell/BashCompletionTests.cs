using ClosureScan.Cli.Commands;
using ClosureScan.Cli.Shell;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Shell;

/// <summary>The script is run by bash as bash runs it at the Tab key: by its function, with the words of the line in COMP_WORDS.</summary>
[Trait(Tier.Name, Tier.Processes)]
public sealed class BashCompletionTests : IDisposable
{
    private static readonly CommandNode Root = CommandNode.Of(CommandLine.Create());

    private readonly TemporaryTree _tree = new();

    public BashCompletionTests()
    {
        using StringWriter writer = new();
        BashCompletion.Write(Root, writer);
        _tree.File("completion.bash", writer.ToString());
    }

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("sc", "scan")]
    [InlineData("nar ", "ls cat verify")]
    [InlineData("nar l", "ls")]
    [InlineData("scan --for", "--format")]
    [InlineData("scan --fail-on ", "bloats breaks none")]
    [InlineData("scan --fail-on b", "bloats breaks")]
    [InlineData("scan --fail-on = br", "breaks")]
    [InlineData("scan --fail-on =", "bloats breaks none")]
    [InlineData("scan --fail-on none --quie", "--quiet")]
    [InlineData("nar verify --s", "--size")]
    [InlineData("nar nar --s", "")]
    [InlineData("no-command --s", "")]
    [InlineData("completion z", "zsh")]
    [InlineData("scan --host armv7", "armv7l-linux")]
    [InlineData("scan --store s3", "s3://")]
    [InlineData("scan --show foreign-b", "foreign-binary")]
    [InlineData("check --only brea", "breaks")]
    [InlineData("explain elf-r", "elf-rodata elf-runpath")]
    [InlineData("help poli", "policy")]
    public void Line_is_completed(string line, string expected)
    {
        Assert.Equal(expected, Complete([line]).Single());
    }

    [Fact]
    public void Every_command_offers_its_commands_and_all_its_options_and_no_others()
    {
        CommandNode[] commands = [.. Root.All()];

        string[] options = Complete(commands.Select(command => $"{command.Path} -".TrimStart()));
        string[] operands = Complete(commands.Where(command => command.Subcommands.Count > 0).Select(command => $"{command.Path} ".TrimStart()));

        Assert.Equal(commands.Select(command => string.Join(' ', command.Options.SelectMany(option => option.Names))), options);
        Assert.Equal(
            commands.Where(command => command.Subcommands.Count > 0).Select(command => string.Join(' ', command.Subcommands.Select(subcommand => subcommand.Name))),
            operands);
    }

    [Fact]
    public void Value_that_is_open_is_completed_to_files()
    {
        _tree.File("archive.nar", "").File("other", "");

        Assert.Equal("archive.nar", Complete(["nar ls arch"]).Single());
        Assert.Equal("archive.nar", Complete(["scan -o arch"]).Single());
    }

    [Fact]
    public void Target_is_completed_to_the_packages_of_the_closure()
    {
        // The tool of the tests is no program; what it prints is what counts.
        string listing = ClosureScanTool.Run("size", "--store", LeakyCache.Location, "*-pi-image-*", "--format", "tsv").Text;
        _tree.File("listing", listing);
        const string Tool = "closurescan() { [[ $1 == size && $* == *--format\\ tsv ]] && cat listing; }\n";
        Assert.Equal("kbd-armv7l-unknown-linux-gnueabihf-2.6.4", Complete(["why root kbd"], Tool).Single());
        Assert.Equal("", Complete(["why --store https://cache.example root kbd"], Tool).Single());
        Assert.Equal("", Complete(["why kbd"], Tool).Single());
    }

    /// <summary>What bash offers for each line; the word under the cursor is the last one, empty after a blank.</summary>
    private string[] Complete(IEnumerable<string> lines, string tool = "")
    {
        string calls = string.Concat(lines.Select(line =>
        {
            string[] words = line.Split(' ');
            return $"COMP_WORDS=(closurescan {string.Join(' ', words.Select(word => $"'{word}'"))}); COMP_CWORD={words.Length}; _closurescan; echo \"${{COMPREPLY[*]}}\"\n";
        }));
        _tree.File("run.bash", $"set -u\n{tool}source completion.bash\n[[ $(complete -p closurescan) == *'-F _closurescan closurescan' ]]\n{calls}");

        ToolRun run = ToolRun.Execute(RequiredTool.Find("bash"), ["--norc", "run.bash"], workingDirectory: _tree.Root);

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        return run.Text.Split('\n')[..^1];
    }
}
