using System.CommandLine;
using System.CommandLine.Parsing;
using ClosureScan.Cli.Commands;
using ClosureScan.Cli.Rendering;
using ClosureScan.Cli.Shell;
using ClosureScan.Media;
using ClosureScan.Paths;
using ClosureScan.Stores;

namespace ClosureScan.Cli;

/// <summary>The tool: commands to exit codes. Everything a command can end with is translated here and nowhere else.</summary>
internal static class Program
{
    internal static async Task<int> Main(string[] arguments)
    {
        StandardStreams.Check();
        Interruption? interruption = null;
        try
        {
            // Every script that looks for the tool asks this: not worth a parser.
            if (arguments is ["--version"] || (arguments is [.., "--version"] && CommandLine.IsCommand(arguments[..^1])))
            {
                return TextOutput.Write(writer => writer.Write($"{ProgramVersion.Text}\n"));
            }

            ThreadLimit.Check();
            ParseResult parsed = CommandLine.Create().Parse(arguments);
            if (parsed.Errors.Count > 0)
            {
                return Fail(ExitCode.Usage, $"{CallErrors.Of(parsed)}\nSee closurescan {CommandName(parsed)}--help.");
            }

            if (FindMistypedOption(parsed) is { } mistyped)
            {
                return Fail(ExitCode.Usage, $"{CallErrors.Unknown(mistyped, parsed.CommandResult.Command)}\nSee closurescan {CommandName(parsed)}--help.");
            }

            Sha256.Require();
            interruption = new Interruption();
            return await InvokeAsync(parsed, interruption.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption?.ExitCode is { } code)
        {
            return Fail(code, $"interrupted");
        }
        catch (CommandException exception)
        {
            return Fail(exception.ExitCode, ErrorText.Of(exception));
        }
        catch (UnresolvedPathException exception)
        {
            return Fail(exception.IsAmbiguous ? ExitCode.Usage : ExitCode.Nothing, ErrorText.Of(exception));
        }
        catch (StoreUriException exception)
        {
            return Fail(ExitCode.Usage, ErrorText.Of(exception));
        }
        catch (PlatformNotSupportedException exception)
        {
            // A variable of the environment asks for a kernel that there is not.
            return Fail(ExitCode.Usage, ErrorText.Of(exception));
        }
        catch (StoreException exception)
        {
            return Fail(ExitCode.Incomplete, ErrorText.Of(exception));
        }
        catch (ClosureScanException exception)
        {
            // A ledger, a queue, or a list of roots: a wrong name is a wrong call.
            return Fail(exception.Kind == ErrorKind.Unknown ? ExitCode.Usage : ExitCode.Incomplete, ErrorText.Of(exception));
        }
        catch (ReaderGoneException)
        {
            // Of what prints as it reads, and had found nothing wrong so far.
            return ExitCode.Clean;
        }
        catch (IOException exception)
        {
            return Fail(ExitCode.Incomplete, ErrorText.Of(exception));
        }
        catch (UnauthorizedAccessException exception)
        {
            return Fail(ExitCode.Incomplete, ErrorText.Of(exception));
        }
        catch (Exception exception) when (MissingLibrary(exception) is { } missing)
        {
            return Fail(ExitCode.Incomplete, $"{missing}");
        }
        catch (TaskSchedulerException)
        {
            // No thread for a task of its own.
            return Fail(ExitCode.Incomplete, ErrorText.Of(ThreadLimit.Refused()));
        }
        catch (OutOfMemoryException)
        {
            return Fail(ExitCode.Incomplete, $"the memory did not suffice. Fewer --jobs take less.");
        }
        catch (Exception exception)
        {
            return Fail(ExitCode.Incomplete, $"{Unforeseen.Describe(exception)}\nThis is a mistake of closurescan {ProgramVersion.Text}: please report these lines, the command, and the input if you can.");
        }
        finally
        {
            interruption?.Dispose();
        }
    }

    private static async Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // The parser itself writes nothing but help.
        await using StreamWriter help = new(StandardOutput.Open());
        InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = help };
        return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// What the parser took for a ROOT, and is an option with an error in it: no path begins with a hyphen, but what stands behind <c>--</c>.
    /// </summary>
    private static string? FindMistypedOption(ParseResult parsed) => parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)
        ? null
        : parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .FirstOrDefault(token => token.Value is ['-', _, ..])?.Value;

    private static string CommandName(ParseResult parsed) => CallErrors.Path(parsed.CommandResult) is { Length: > 0 } path ? path + " " : "";

    /// <summary>What is said of a library that is not there, also where its first user could not be made without it.</summary>
    private static string? MissingLibrary(Exception? exception) => exception switch
    {
        null => null,
        DllNotFoundException => exception.Message.Split('\n')[0],
        _ => MissingLibrary(exception.InnerException),
    };

    private static int Fail(int code, MessageText message)
    {
        ErrorText.Write(message);
        return code;
    }
}
