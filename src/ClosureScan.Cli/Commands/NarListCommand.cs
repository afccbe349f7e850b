using System.CommandLine;
using System.Text.Json;
using ClosureScan.Media;
using ClosureScan.Nar;
using ClosureScan.Walking;

namespace ClosureScan.Cli.Commands;

/// <summary><c>nar ls</c>: every entry with its kind, size and place, in the order of the NAR.</summary>
internal static class NarListCommand
{
    public static Command Create()
    {
        Argument<string> archive = NarCommand.Archive();
        Option<string> format = new("--format") { Description = "What to print: text or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        Command command = new("ls", "List the entries of a NAR: kind, size, offset of the contents, path.") { archive, format };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(archive)!, result.GetValue(format) == "json", cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string archive, bool asJson, CancellationToken cancellationToken)
    {
        await using Stream output = StandardOutput.Open();
        await using BufferedStream buffered = new(output, 64 * 1024);
        if (asJson)
        {
            await using Utf8JsonWriter json = new(buffered, new JsonWriterOptions { Indented = true, NewLine = "\n" });
            json.WriteStartArray();
            await NarInput.WalkAsync(archive, new JsonLister(json), WalkOptions.Default, cancellationToken).ConfigureAwait(false);
            json.WriteEndArray();
        }
        else
        {
            await using StreamWriter writer = new(buffered) { NewLine = "\n" };
            await NarInput.WalkAsync(archive, new TextLister(writer), WalkOptions.Default, cancellationToken).ConfigureAwait(false);
        }

        return ExitCode.Clean;
    }

    private static string PathOf(in ContentEntry entry) => entry.Path.IsEmpty ? "." : NarText.Escape(entry.Path);

    private sealed class TextLister(TextWriter writer) : IContentVisitor
    {
        public void Directory(in ContentEntry entry) => Write('d', false, 0, 0, PathOf(entry));

        public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset) =>
            Write('l', false, target.Length, narOffset, $"{PathOf(entry)} -> {NarText.Escape(target)}");

        public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset) =>
            Write('-', executable, length, narOffset, PathOf(entry));

        public void FileData(ReadOnlySpan<byte> data)
        {
        }

        public void EndFile(in FileView file)
        {
        }

        private void Write(char kind, bool executable, long size, long narOffset, string path) =>
            writer.WriteLine($"{kind}{(executable ? 'x' : '-')} {size,12} {narOffset,12} {VisibleText.Of(path)}");
    }

    private sealed class JsonLister(Utf8JsonWriter json) : IContentVisitor
    {
        public void Directory(in ContentEntry entry)
        {
            Begin(entry, "directory");
            json.WriteEndObject();
        }

        public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset)
        {
            Begin(entry, "symlink");
            json.WriteString("target", NarText.Escape(target));
            json.WriteEndObject();
        }

        public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset)
        {
            Begin(entry, "regular");
            json.WriteNumber("size", length);
            json.WriteBoolean("executable", executable);
            json.WriteNumber("narOffset", narOffset);
            json.WriteEndObject();
        }

        public void FileData(ReadOnlySpan<byte> data)
        {
        }

        public void EndFile(in FileView file)
        {
        }

        private void Begin(in ContentEntry entry, string type)
        {
            json.WriteStartObject();
            json.WriteString("path", NarText.Escape(entry.Path));
            json.WriteString("type", type);
        }
    }
}
