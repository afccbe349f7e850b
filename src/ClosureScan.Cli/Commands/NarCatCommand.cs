using System.CommandLine;
using System.Text;
using ClosureScan.Walking;

namespace ClosureScan.Cli.Commands;

/// <summary><c>nar cat</c>: the bytes of one file to standard output.</summary>
internal static class NarCatCommand
{
    public static Command Create()
    {
        Argument<string> archive = NarCommand.Archive();
        Argument<string> file = new("FILE") { Description = "The path inside the NAR, without a leading slash; empty when the NAR is one file." };
        Command command = new("cat", "Print a file of a NAR.") { archive, file };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(archive)!, result.GetValue(file)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string archive, string file, CancellationToken cancellationToken)
    {
        await using Stream output = StandardOutput.Open();
        Extractor extractor = new(Encoding.UTF8.GetBytes(file.Trim('/')), output);
        await NarInput.WalkAsync(archive, extractor, WalkOptions.Default, cancellationToken).ConfigureAwait(false);
        return extractor.Outcome switch
        {
            null => throw new CommandException(ExitCode.Nothing, $"{archive}: holds no \"{file}\"; closurescan nar ls lists what it holds."),
            "" => ExitCode.Clean,
            { } kind => throw new CommandException(ExitCode.Usage, $"{archive}: \"{file}\" is {kind}, not a file."),
        };
    }

    private sealed class Extractor(byte[] wanted, Stream output) : IContentVisitor
    {
        private bool _writing;

        /// <summary>Null: not met; empty: written; otherwise what it is instead of a file.</summary>
        public string? Outcome { get; private set; }

        public void Directory(in ContentEntry entry) => Note(entry, "a directory");

        public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset) => Note(entry, "a symbolic link");

        public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset)
        {
            _writing = entry.Path.SequenceEqual(wanted);
            Note(entry, "");
        }

        public void FileData(ReadOnlySpan<byte> data)
        {
            if (_writing)
            {
                output.Write(data);
            }
        }

        public void EndFile(in FileView file) => _writing = false;

        private void Note(in ContentEntry entry, string kind)
        {
            if (entry.Path.SequenceEqual(wanted))
            {
                Outcome = kind;
            }
        }
    }
}
