using ClosureScan.Cli.Commands;
using ClosureScan.Cli.Shell;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Shell;

/// <summary>
/// zsh offers completions only in its line editor, so a shell is driven on a terminal of its own (zsh/zpty), and the Tab key
/// completes a line that has one way to go on.
/// </summary>
[Trait(Tier.Name, Tier.Processes)]
public sealed class ZshCompletionTests : IDisposable
{
    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Lines_with_one_way_to_go_on_are_completed()
    {
        string zsh = RequiredTool.Find("zsh");
        using StringWriter writer = new();
        ZshCompletion.Write(CommandNode.Of(CommandLine.Create()), writer);
        _tree.File("functions/_closurescan", writer.ToString());

        // The inner shell prints the line editor's buffer after each Tab; the outer one only carries keys and output.
        _tree.File("run.zsh",
            """
            zmodload zsh/zpty
            zpty inner "zsh -f -i"
            zpty -w inner "PS1='' PS2=''; fpath=($PWD/functions \$fpath); autoload -Uz compinit; compinit -u -D; echo rea''dy"
            zpty -r inner line '*ready*' || exit 3
            zpty -w inner "show() { zle expand-or-complete; print -r -- \"<\$BUFFER>\"; BUFFER=''; zle accept-line }; zle -N show; bindkey '^X' show; echo bou''nd"
            zpty -r inner line '*bound*' || exit 4
            for typed in "$@"; do
                zpty -w -n inner "$typed"$'\x18'
                zpty -r inner line '*<*>*' || exit 5
                line=${line##*<}
                print -r -- "${line%%>*}"
            done
            """);

        ToolRun run = ToolRun.Execute(
            zsh,
            ["-f", "run.zsh", "closurescan sc", "closurescan nar ve", "closurescan scan --fail-on br", "closurescan nar verify --si"],
            new Dictionary<string, string?> { ["HOME"] = _tree.Root, ["TERM"] = "dumb" },
            _tree.Root);

        Assert.Equal("", run.Error);
        Assert.Equal(
            ["closurescan scan", "closurescan nar verify", "closurescan scan --fail-on breaks", "closurescan nar verify --size"],
            run.Lines.Select(line => line.TrimEnd()));
    }
}
