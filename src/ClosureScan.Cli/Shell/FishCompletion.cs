namespace ClosureScan.Cli.Shell;

/// <summary>The completion script for fish: one line an option, which holds where the line is in its command.</summary>
internal static class FishCompletion
{
    public static void Write(CommandNode root, TextWriter writer)
    {
        writer.Write(
            """
            # Completion of closurescan for fish. To use it: closurescan completion fish | source
            function __closurescan_in
                set -l command ""
                for word in (commandline -opc)[2..-1]
                    switch "$command $word"

            """);
        foreach (CommandNode command in root.All().Where(command => command.Path.Length > 0))
        {
            string above = command.Path[..(command.Path.Length - command.Name.Length)].TrimEnd();
            writer.Write($"            case '{above} {command.Name}'\n                set command '{command.Path}'\n");
        }

        writer.Write(
            """
                    end
                end
                test "$command" = "$argv[1]"
            end

            # The packages of a closure that is named already, of a store on this machine.
            function __closurescan_packages
                set -l given (commandline -opc)[3..-1]
                test (count $given) -gt 0; or return
                string match -q '*://*' -- $given; and return
                closurescan size $given --format tsv 2> /dev/null | string replace -rf '^\S*/[0-9a-z]{32}-(\S+)\t.*' '$1'
            end


            """);
        foreach (CommandNode command in root.All())
        {
            string begin = $"complete -c closurescan -n \"__closurescan_in '{command.Path}'\"";
            foreach (CommandNode subcommand in command.Subcommands)
            {
                writer.Write($"{begin} -f -a {subcommand.Name} -d {Quote(subcommand.Description)}\n");
            }

            if (command.Arguments.Any(argument => argument.Name == "TARGET"))
            {
                writer.Write($"{begin} -a '(__closurescan_packages)' -d {Quote("A package of the closure")}\n");
            }

            foreach (ArgumentNode argument in command.Arguments.Where(argument => argument.Values.Count > 0))
            {
                writer.Write($"{begin} -f -a {Quote(string.Join(' ', argument.Values))} -d {Quote(argument.Description)}\n");
            }

            foreach (OptionNode option in command.Options)
            {
                writer.Write($"{begin}{Names(option)}{Value(option)} -d {Quote(option.Description)}\n");
            }
        }
    }

    private static string Names(OptionNode option) => string.Concat(option.Names.Select(name =>
        name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}"));

    private static string Value(OptionNode option) =>
        option.ValueName is null ? "" : option.MayBeFile ? $" -r -F -a {Quote(string.Join(' ', option.Values))}" : option.Values.Count > 0 ? $" -x -a {Quote(string.Join(' ', option.Values))}" : " -r -F";

    private static string Quote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
