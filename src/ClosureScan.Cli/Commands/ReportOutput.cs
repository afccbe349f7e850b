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

        using Stream output = StandardOutput.Open();
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

    /// <summary>A format that is text, for <see cref="Write"/>.</summary>
    public static Action<Stream> Text(Action<TextWriter> write) => stream =>
    {
        using StreamWriter writer = new(stream, Utf8, 16 * 1024, leaveOpen: true);
        write(writer);
    };

    private static void WriteText(Stream stream, Action<StyledWriter> text, Terminal terminal)
    {
        using StreamWriter writer = new(stream, Utf8, 16 * 1024, leaveOpen: true);
        text(new StyledWriter(writer, terminal));
    }

    /// <summary>Writes a file whole or not at all. A device is written to: it must not be replaced by a file.</summary>
    public static void WriteFile(string file, Action<Stream> write)
    {
        if (Path.GetFullPath(file).StartsWith("/dev/", StringComparison.Ordinal))
        {
            Try(file, () => WriteDevice(file, write));
            return;
        }

        string temporary = $"{file}.{Environment.ProcessId}.tmp";
        try
        {
            Try(file, () => Replace(file, temporary, write));
        }
        catch (CommandException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void WriteDevice(string device, Action<Stream> write)
    {
        using Stream stream = device == "/dev/stdout" ? StandardOutput.Open() : new FileStream(device, FileMode.Open, FileAccess.Write);
        write(stream);
    }

    private static void Replace(string file, string temporary, Action<Stream> write)
    {
        using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
        {
            write(stream);
        }

        File.Move(temporary, file, overwrite: true);
    }

    private static void Try(string file, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Incomplete, $"{file}: cannot write the report: {exception.Message}");
        }
    }
}
