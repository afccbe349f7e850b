using System.Collections.Immutable;
using System.Text;
using ClosureScan.Analysis.Reports;
using ClosureScan.Cli.Rendering;

namespace ClosureScan.Cli.Commands;

/// <summary>Where a report goes: standard output, and with <c>-o</c> a file as well, in which case the console gets the text.</summary>
internal static class ReportOutput
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Removes what an earlier call wrote to the files of this one: a check that does not come to its end must not leave the report of
    /// yesterday where that of today is looked for.
    /// </summary>
    public static void Discard(CommonSettings settings, params IEnumerable<ReportFile> reports) =>
        FileOutput.Discard(reports.Select(report => report.File).Concat(settings.OutputFile is { } file ? [file] : []));

    /// <summary>Writes a report.</summary>
    /// <param name="settings">The call's settings.</param>
    /// <param name="text">Writes the text for people.</param>
    /// <param name="machine">Writes the machine-readable format asked for; null when that is text.</param>
    public static void Write(CommonSettings settings, Action<StyledWriter> text, Action<Stream>? machine) => Write(settings, text, machine, []);

    /// <summary>Writes a report in the format asked for, and others to files.</summary>
    /// <param name="settings">The call's settings.</param>
    /// <param name="text">Writes the text for people.</param>
    /// <param name="machine">Writes any of the other formats.</param>
    /// <param name="reports">The files. They come first: standard output may be a pipe that ends early.</param>
    public static void Write(CommonSettings settings, Action<StyledWriter> text, Action<ReportFormat, Stream> machine, ImmutableArray<ReportFile> reports) => Write(
        settings,
        text,
        name => ReportFormat.TryFind(name, out ReportFormat? format) ? stream => machine(format, stream) : null,
        reports);

    /// <summary>Writes a report in the format asked for, and others to files.</summary>
    /// <param name="settings">The call's settings.</param>
    /// <param name="text">Writes the text for people.</param>
    /// <param name="machine">Gives what writes a format of that name; null for text.</param>
    /// <param name="reports">The files.</param>
    public static void Write(CommonSettings settings, Action<StyledWriter> text, Func<string, Action<Stream>?> machine, ImmutableArray<ReportFile> reports) => Write(
        settings, text, machine(settings.Format), reports.Select(report => (report.File, machine(report.Format)!)));

    private static void Write(
        CommonSettings settings, Action<StyledWriter> text, Action<Stream>? machine, IEnumerable<(string File, Action<Stream> Write)> files)
    {
        if (settings.OutputFile is { } file)
        {
            files = files.Append((file, machine ?? (stream => WriteText(stream, text, new Terminal(Color: false, settings.Width ?? Terminal.DefaultWidth)))));
            machine = null;
        }

        FileOutput.Write([.. files]);
        if (settings.Quiet && (machine is null || settings.OutputFile is not null))
        {
            return;
        }

        StandardOutput.WriteWhileRead(() =>
        {
            using Stream output = StandardOutput.Open();
            if (machine is not null)
            {
                using BufferedStream buffered = new(output, 64 * 1024);
                machine(buffered);
            }
            else
            {
                WriteText(output, text, Terminal.ForOutput(settings.Color, settings.Width));
            }
        });
    }

    /// <summary>A format that is text, for the reports above.</summary>
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
}
