using System.Text;

namespace ClosureScan.Cli.Tests.InProcess;

/// <summary>Standard error that goes where the caller of the tool looks for it.</summary>
/// <param name="process">The standard error of the process.</param>
internal sealed class FlowingError(TextWriter process) : TextWriter
{
    public static AsyncLocal<TextWriter?> Current { get; } = new();

    public override Encoding Encoding => process.Encoding;

    private TextWriter Target => Current.Value ?? process;

    public override void Write(char value) => Target.Write(value);

    public override void Write(string? value) => Target.Write(value);

    public override void Write(char[] buffer, int index, int count) => Target.Write(buffer, index, count);

    public override void Write(ReadOnlySpan<char> buffer) => Target.Write(buffer);

    public override void Flush() => Target.Flush();
}
