using System.Text;
using ClosureScan.Cli.Rendering;

namespace ClosureScan.Cli.Commands;

/// <summary>
/// Where a report goes: standard output, and with <c>-o</c> a file as well, in which case the console gets the text.
/// A file is written beside its place and moved there whole, so that a full disk never leaves half a report.
/// </summary>
internal static class ReportOutput
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a report.</summary>
    /// <param name="settings">The call's settings.</param>
    /// <param name="text">Writes the text for people.</param>
    /// <param name="machine">Writes the machine-readable format asked for; null when that is text.</param>
    public static void Write(CommonSettings settings, Action<StyledWriter> text, Action<Stream>? machine)
    {
        if (settings.OutputFile is { } file)
        {
            WriteFile(file, machine ?? (stream => WriteText(stream, text, new Terminal(Color: false, Terminal.DefaultWidth))));
            if (settings.Quiet)
            {
                return;
            }

            machine = null;
        }

        using Stream output = Console.OpenStandardOutput();
        if (machine is not null)
        {
            using BufferedStream buffered = new(output, 64 * 1024);
            machine(buffered);
        }
        else
        {
            WriteText(output, text, Terminal.ForOutput(settings.NoColor));
        }
    }

    private static void WriteText(Stream stream, Action<StyledWriter> text, Terminal terminal)
    {
        using StreamWriter writer = new(stream, Utf8, 16 * 1024, leaveOpen: true);
        text(new StyledWriter(writer, terminal));
    }

    /// <summary>Writes a file whole or not at all.</summary>
    public static void WriteFile(string file, Action<Stream> write)
    {
        string temporary = $"{file}.{Environment.ProcessId}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
            }

            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new CommandException(ExitCode.Incomplete, $"{file}: cannot write the report: {exception.Message}");
        }
    }
}
