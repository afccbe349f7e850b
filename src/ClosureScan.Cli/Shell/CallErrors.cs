using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using ClosureScan.Analysis.Policy;
using ClosureScan.Media;

namespace ClosureScan.Cli.Shell;

/// <summary>What is wrong with a call, in our words: each line names its option, and the word that was probably meant.</summary>
internal static class CallErrors
{
    /// <summary>The errors of a call, a line each.</summary>
    public static MessageText Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (command.Subcommands.Count == 0)
        {
            return parsed.UnmatchedTokens is not [var extra, ..] ? MessageText.Lines(parsed.Errors.Select(Of))
                : extra.StartsWith('-') ? Unknown(extra, command)
                : $"{extra}{(parsed.UnmatchedTokens.Count > 1 ? $" and {parsed.UnmatchedTokens.Count - 1} more" : "")}: too many. {Usage(parsed.CommandResult)}";
        }

        string[] names = [.. command.Subcommands.Select(subcommand => subcommand.Name)];
        string path = $"closurescan {Path(parsed.CommandResult)}".TrimEnd();
        if (parsed.UnmatchedTokens is not [var first, ..])
        {
            return $"No command. {path} has {string.Join(", ", names)}.";
        }

        return first.StartsWith('-') ? Unknown(first, command) : $"{first} is no command of {path}. {NearestName.Suggest(first, names)}";
    }

    private static string Usage(CommandResult result) =>
        $"It is closurescan {Path(result)}{string.Concat(result.Command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues == 0 ? $" [{argument.HelpName ?? argument.Name}]" : $" {argument.HelpName ?? argument.Name}"))}.";

    /// <summary>An option that there is not.</summary>
    public static MessageText Unknown(string option, Command command)
    {
        string[] names = [.. command.Options.Where(known => !known.Hidden).Select(known => known.Name)];
        return NearestName.Find(option.Split('=')[0], names) is { } meant
            ? $"{option} is no option here. Did you mean {meant}?"
            : (MessageText)$"{option} is no option here.";
    }

    /// <summary>The words behind <c>closurescan</c> that name a command.</summary>
    public static string Path(CommandResult result) => result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}".TrimStart() : "";

    private static string Of(ParseError error) => error.SymbolResult switch
    {
        OptionResult option when Wrong(option, ValuesOf(option.Option)) is { } wrong => $"{option.Option.Name} {wrong}: {NearestName.Suggest(wrong, ValuesOf(option.Option))}",
        ArgumentResult argument when Wrong(argument, ValuesOf(argument.Argument)) is { } wrong => $"{argument.Argument.Name} {wrong}: {NearestName.Suggest(wrong, ValuesOf(argument.Argument))}",
        OptionResult { Tokens: [var token] } option when IsNumber(option.Option) && !long.TryParse(token.Value, out _) && token.Value.Trim().Length > 0 => $"{option.Option.Name} {token.Value}: expected a whole number.",
        OptionResult { Tokens: [] } option when option.Option.Arity.MinimumNumberOfValues > 0 => $"{option.Option.Name} needs a value, {option.Option.HelpName ?? "one"}.",
        _ => error.Message,
    };

    private static string? Wrong(SymbolResult result, string[] values) =>
        values.Length == 0 ? null : result.Tokens.Select(token => token.Value).FirstOrDefault(value => value.Trim().Length > 0 && !values.Contains(value));

    private static bool IsNumber(Option option) => (Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType) is { IsPrimitive: true } type && type != typeof(bool);

    private static string[] ValuesOf(Symbol symbol) => [.. symbol.GetCompletions(CompletionContext.Empty).Where(item => item is not Suggestion).Select(item => item.Label)];
}
