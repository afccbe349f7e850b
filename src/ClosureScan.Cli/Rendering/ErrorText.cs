using ClosureScan.Media;

namespace ClosureScan.Cli.Rendering;

/// <summary>Messages on standard error.</summary>
internal static class ErrorText
{
    /// <summary>What an exception says. The lines of our own are as they were made; of any other the message may hold a name of the input, and is one line.</summary>
    public static MessageText Of(Exception exception) => exception is CommandException or ClosureScanException
        ? MessageText.Lines(exception.Message.Split('\n'))
        : $"{exception.Message}";

    /// <summary>Writes a message behind the program's name. That nobody listens is no error: the exit code has to say it alone.</summary>
    public static void Write(MessageText message)
    {
        try
        {
            StyledWriter writer = new(Console.Error, Terminal.ForError());
            writer.Raw("closurescan: ", Style.Bad);
            foreach (string line in message.ToString().Split('\n'))
            {
                // In a pipe a line is what a program looks for; on a terminal a person reads words.
                _ = Console.IsErrorRedirected || line.StartsWith(' ') ? writer.Raw(line).Line() : writer.Indent(2).Words(line).Line();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
