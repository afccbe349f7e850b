using System.Text;

namespace ClosureScan.Cli.Commands;

/// <summary>Standard output for text that is no report. What cannot be written is an error, not lost.</summary>
internal static class TextOutput
{
    public static int Write(Action<TextWriter> write)
    {
        using Stream stream = StandardOutput.Open();
        using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        write(writer);
        return ExitCode.Clean;
    }
}
