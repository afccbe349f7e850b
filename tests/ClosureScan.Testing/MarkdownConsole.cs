using System.Collections.Immutable;

namespace ClosureScan.Testing;

/// <summary>The commands that a Markdown file shows, each with the output it promises: the blocks fenced as <c>console</c>, commands behind <c>$ </c>.</summary>
/// <param name="Command">The command line, without its prompt.</param>
/// <param name="Output">The lines below it, as written, with a line feed each.</param>
public sealed record MarkdownConsole(string Command, string Output)
{
    /// <summary>Reads all commands of a file.</summary>
    public static ImmutableArray<MarkdownConsole> Read(string file)
    {
        ImmutableArray<MarkdownConsole>.Builder commands = ImmutableArray.CreateBuilder<MarkdownConsole>();
        bool inside = false;
        foreach (string line in File.ReadLines(file))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = line == "```console";
            }
            else if (inside && line.StartsWith("$ ", StringComparison.Ordinal))
            {
                commands.Add(new MarkdownConsole(line[2..], ""));
            }
            else if (inside && commands.Count > 0)
            {
                commands[^1] = commands[^1] with { Output = commands[^1].Output + line + "\n" };
            }
        }

        return commands.ToImmutable();
    }

    /// <summary>The arguments of a call of the tool, whichever way it is started, with quotes taken off; null for another command.</summary>
    public IReadOnlyList<string>? ToolArguments()
    {
        string? arguments = After("dotnet run --project src/ClosureScan.Cli -- ") ?? After("closurescan ");
        return arguments?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(argument => argument.Trim('\'', '"')).ToArray();
    }

    private string? After(string start) => Command.StartsWith(start, StringComparison.Ordinal) ? Command[start.Length..] : null;
}
