using ClosureScan.Media;

namespace ClosureScan.Cli;

/// <summary>Ends a command with a message for its user and an exit code.</summary>
internal sealed class CommandException(int exitCode, MessageText message) : Exception(message.ToString())
{
    public int ExitCode { get; } = exitCode;

    public static CommandException Usage(MessageText message) => new(Cli.ExitCode.Usage, message);
}
