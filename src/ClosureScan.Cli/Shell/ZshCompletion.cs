namespace ClosureScan.Cli.Shell;

/// <summary>The completion script for zsh: one function a command, each a call of <c>_arguments</c>.</summary>
internal static class ZshCompletion
{
    public static void Write(CommandNode root, TextWriter writer)
    {
        writer.Write(
            """
            #compdef closurescan
            # Completion of closurescan for zsh. To use it, put it into a folder of $fpath:
            #   closurescan completion zsh > ~/.zfunc/_closurescan

            # The packages of a closure that is named already, of a store on this machine.
            _closurescan_packages() {
                local -a given=("${(@)words[2,CURRENT-1]}")
                [[ "$given" == *://* ]] || compadd -- ${(f)"$(closurescan size "${(@Q)given}" --format tsv 2> /dev/null | sed -n '1d; s,^[^\t]*/[0-9a-z]\{32\}-\([^\t]*\)\t.*,\1,p')"}
                _files
            }

            """);
        foreach (CommandNode command in root.All())
        {
            writer.Write($"\n{FunctionName(command)}() {{\n");
            if (command.Subcommands.Count > 0)
            {
                WriteGroup(command, writer);
            }
            else
            {
                WriteArguments("_arguments", command, writer);
                writer.Write("\n");
            }

            writer.Write("}\n");
        }

        writer.Write(
            """

            if [[ ${funcstack[1]} == _closurescan ]]; then
                _closurescan "$@"
            else
                compdef _closurescan closurescan
            fi

            """);
    }

    private static void WriteGroup(CommandNode command, TextWriter writer)
    {
        writer.Write("    local curcontext=$curcontext state\n    local -a line commands\n");
        WriteArguments("_arguments -C", command, writer);
        writer.Write(" \\\n        '1: :->command' '*:: :->rest'\n    case $state in\n        command)\n            commands=(\n");
        foreach (CommandNode subcommand in command.Subcommands)
        {
            writer.Write($"                {Quote($"{subcommand.Name}:{subcommand.Description}")}\n");
        }

        writer.Write("            )\n            _describe command commands\n            ;;\n        rest)\n            case ${line[1]} in\n");
        foreach (CommandNode subcommand in command.Subcommands)
        {
            writer.Write($"                {subcommand.Name}) {FunctionName(subcommand)} ;;\n");
        }

        writer.Write("            esac\n            ;;\n    esac\n");
    }

    private static void WriteArguments(string call, CommandNode command, TextWriter writer)
    {
        writer.Write($"    {call}");
        foreach (OptionNode option in command.Options)
        {
            string value = option.ValueName is null ? "" : $":{Escape(option.ValueName)}:{Values(option.Values, option.MayBeFile)}";
            foreach (string name in option.Names)
            {
                string others = option.Names.Count > 1 ? $"({string.Join(' ', option.Names)})" : "";
                writer.Write($" \\\n        {Quote($"{others}{name}[{Escape(option.Description)}]{value}")}");
            }
        }

        for (int i = 0; i < command.Arguments.Count; i++)
        {
            ArgumentNode argument = command.Arguments[i];
            string place = argument.IsRepeatable ? "*" : $"{i + 1}";
            string colon = argument.IsOptional && !argument.IsRepeatable ? "::" : ":";
            writer.Write($" \\\n        {Quote($"{place}{colon}{Escape(argument.Name)}:{(argument.Name == "TARGET" ? "_closurescan_packages" : Values(argument.Values))}")}");
        }
    }

    private static string Values(IReadOnlyList<string> values, bool mayBeFile = false) => values.Count == 0 ? "_files"
        : mayBeFile ? $"{{compadd -- {string.Join(' ', values)}; _files}}"
        : $"({string.Join(' ', values)})";

    private static string FunctionName(CommandNode command) =>
        command.Path.Length == 0 ? "_closurescan" : $"_closurescan_{command.Path.Replace(' ', '_')}";

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(":", "\\:", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal)
        .Replace("]", "\\]", StringComparison.Ordinal);

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
