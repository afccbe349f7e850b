using System.CommandLine;
using System.CommandLine.Completions;

namespace ClosureScan.Cli.Shell;

/// <summary>One command of the option table, in the words that completions and the manual page need.</summary>
/// <param name="Path">The words behind <c>closurescan</c> that name it, separated by blanks; empty for the tool itself.</param>
/// <param name="Description">What it does, one sentence.</param>
/// <param name="Arguments">What follows its options.</param>
/// <param name="Options">Its options, and those of the commands above it that hold here too.</param>
/// <param name="Subcommands">The commands below it.</param>
internal sealed record CommandNode(
    string Path,
    string Description,
    IReadOnlyList<ArgumentNode> Arguments,
    IReadOnlyList<OptionNode> Options,
    IReadOnlyList<CommandNode> Subcommands)
{
    /// <summary>Its own word.</summary>
    public string Name => Path[(Path.LastIndexOf(' ') + 1)..];

    /// <summary>Reads the table; what it hides stays hidden.</summary>
    public static CommandNode Of(Command root) => Of(root, "", []);

    /// <summary>This command and all below it, each before those below it.</summary>
    public IEnumerable<CommandNode> All() => Subcommands.SelectMany(command => command.All()).Prepend(this);

    private static CommandNode Of(Command command, string path, IEnumerable<Option> inherited)
    {
        Option[] options = [.. command.Options.Where(option => !option.Hidden), .. inherited];
        Option[] recursive = [.. options.Where(option => option.Recursive)];
        return new CommandNode(
            path,
            command.Description ?? "",
            [.. command.Arguments.Where(argument => !argument.Hidden).Select(ArgumentOf)],
            [.. options.Select(OptionOf)],
            [
                .. command.Subcommands.Where(subcommand => !subcommand.Hidden)
                    .Select(subcommand => Of(subcommand, path.Length == 0 ? subcommand.Name : $"{path} {subcommand.Name}", recursive)),
            ]);
    }

    private static ArgumentNode ArgumentOf(Argument argument) => new(
        argument.HelpName ?? argument.Name,
        argument.Description ?? "",
        argument.Arity.MinimumNumberOfValues == 0,
        argument.Arity.MaximumNumberOfValues > 1,
        ValuesOf(argument));

    private static OptionNode OptionOf(Option option) => new(
        [.. option.Aliases.Append(option.Name).Where(name => name != "-?" && !name.StartsWith('/')).OrderBy(name => name.Length)],
        option.Description ?? "",
        TakesValue(option) ? option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant() : null,
        TakesValue(option) ? ValuesOf(option) : [],
        option.HelpName == "URI");

    private static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);

    private static string[] ValuesOf(Symbol symbol) =>
        [.. symbol.GetCompletions(CompletionContext.Empty).Select(item => item.Label)];
}
