namespace ClosureScan.Cli.Shell;

/// <summary>
/// The completion script for bash. It runs nothing but bash itself: which command the line is in is found word by word, and
/// everything else is a table.
/// </summary>
internal static class BashCompletion
{
    public static void Write(CommandNode root, TextWriter writer)
    {
        CommandNode[] commands = [.. root.All()];
        writer.Write(
            """
            # Completion of closurescan for bash. To use it: source <(closurescan completion bash)
            # The packages of a closure that is named already, of a store on this machine.
            _closurescan_packages() {
                [[ $* == *://* ]] && return
                closurescan size "$@" --format tsv 2> /dev/null | sed -n '1d; s,^[^\t]*/[0-9a-z]\{32\}-\([^\t]*\)\t.*,\1,p'
            }

            _closurescan() {
                local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command="" options="" values="" files="" i
                # bash makes three words of --option=value.
                if [[ $current == "=" ]]; then
                    current=""
                elif [[ $previous == "=" ]]; then
                    previous=${COMP_WORDS[COMP_CWORD - 2]}
                fi
                for ((i = 1; i < COMP_CWORD; i++)); do
                    case "$command ${COMP_WORDS[i]}" in

            """);
        foreach (CommandNode command in commands.Where(command => command.Path.Length > 0))
        {
            string above = command.Path[..(command.Path.Length - command.Name.Length)].TrimEnd();
            writer.Write($"            \"{above} {command.Name}\") command=\"{command.Path}\" ;;\n");
        }

        writer.Write(
            """
                    esac
                done
                case "$command $previous" in

            """);
        foreach (CommandNode command in commands)
        {
            foreach (OptionNode option in command.Options.Where(option => option.ValueName is not null))
            {
                string pattern = string.Join(" | ", option.Names.Select(name => $"\"{command.Path} {name}\""));
                writer.Write($"        {pattern}) {Choice(option.Values, option.MayBeFile)} ;;\n");
            }
        }

        writer.Write(
            """
                    *)
                        case "$command" in

            """);
        foreach (CommandNode command in commands)
        {
            writer.Write(
                $"""
                                "{command.Path}")
                                    options="{string.Join(' ', command.Options.SelectMany(option => option.Names))}"
                                    {Operands(command)}
                                    ;;

                """);
        }

        writer.Write(
            """
                        esac
                        ;;
                esac
                if [[ $current == -* ]]; then
                    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
                elif [[ -n $files ]]; then
                    # Only inside a real completion can bash be told that these are files.
                    [[ -z $values ]] && compopt -o filenames 2> /dev/null
                    mapfile -t COMPREPLY < <(compgen -W "$values" -- "$current"; compgen -f -- "$current")
                else
                    mapfile -t COMPREPLY < <(compgen -W "$values" -- "$current")
                fi
            }
            complete -F _closurescan closurescan

            """);
    }

    private static string Operands(CommandNode command) =>
        command.Subcommands.Count > 0 ? Choice([.. command.Subcommands.Select(subcommand => subcommand.Name)])
        : command.Arguments.Count == 0 ? "values=\"\""
        : command.Arguments.Any(argument => argument.Name == "TARGET") ? $"files=yes; ((COMP_CWORD > {command.Path.Count(letter => letter == ' ') + 2})) && values=$(_closurescan_packages \"${{COMP_WORDS[@]:{command.Path.Count(letter => letter == ' ') + 2}:COMP_CWORD-{command.Path.Count(letter => letter == ' ') + 2}}}\")"
        : Choice([.. command.Arguments.SelectMany(argument => argument.Values)], command.Arguments.Any(argument => argument.Values.Count == 0));

    private static string Choice(IReadOnlyList<string> values, bool mayBeFile = false) => values.Count > 0 ? $"values=\"{string.Join(' ', values)}\"{(mayBeFile ? " files=yes" : "")}" : "files=yes";
}
