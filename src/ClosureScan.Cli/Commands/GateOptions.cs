using System.CommandLine;

namespace ClosureScan.Cli.Commands;

/// <summary>What the gate's commands take beside the common options. One instance serves one command.</summary>
internal sealed class GateOptions
{
    private readonly Argument<string[]> _roots = new("ROOT")
    {
        Description = "A store path, a link to one (./result), a base name, the start of a hash, or a glob ('*-system-*'); or a scan that was saved with --report facts=FILE.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _rootsFrom = new("--roots-from")
    {
        Description = "Take roots from a folder of nixpkgs-review, or from a file: the lines of nix-eval-jobs, what nix build --json printed, or a list of store paths.",
        HelpName = "PATH",
    };

    private readonly Option<string?> _policy = new("--policy")
    {
        Description = "The policy. Default: closurescan.yaml in this directory or the nearest one above; without one, every finding fails.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _baseline = new("--baseline") { Description = "Findings that are known: only new ones fail.", HelpName = "FILE" };

    private readonly Option<bool> _strict = new("--strict")
    {
        Description = "Fail also on allow entries that expired or match nothing, on findings that are gone and still in the baseline, and on a host that the closure contradicts; says which.",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_roots);
        foreach (Option option in (Option[])[_rootsFrom, _policy, _baseline, _strict])
        {
            command.Options.Add(option);
        }
    }

    public GateSettings Read(ParseResult result, string? defaultBaseline = null) => new()
    {
        Roots = result.GetValue(_roots) ?? [],
        RootsFrom = result.GetValue(_rootsFrom),
        PolicyFile = result.GetValue(_policy),
        BaselineFile = result.GetValue(_baseline) ?? defaultBaseline,
        IsStrict = result.GetValue(_strict),
    };
}
