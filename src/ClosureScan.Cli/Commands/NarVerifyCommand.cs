using System.CommandLine;
using ClosureScan.Cli.Rendering;
using ClosureScan.Media;
using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan.Cli.Commands;

/// <summary><c>nar verify</c>: reads the whole NAR as strictly as Nix and prints its hash and size; compares them when told what they should be.</summary>
internal static class NarVerifyCommand
{
    public static Command Create()
    {
        Argument<string> archive = NarCommand.Archive();
        Option<string?> hash = new("--hash") { Description = "The NarHash it must have: sha256:…, sha256-… or bare digits.", HelpName = "HASH" };
        Option<long?> size = new("--size") { Description = "The NarSize it must have.", HelpName = "BYTES" };
        Command command = new("verify", "Check a NAR by every rule of the format and print its hash and size.") { archive, hash, size };
        command.SetAction((result, cancellationToken) =>
            RunAsync(result.GetValue(archive)!, ReadHash(result.GetValue(hash)), result.GetValue(size), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string archive, NarHash? expectedHash, long? expectedSize, CancellationToken cancellationToken)
    {
        List<ScanProblem> problems = [];
        WalkOptions options = new() { ComputeNarHash = true, OnProblem = problems.Add };
        WalkResult result = await NarInput.WalkAsync(archive, new NoVisitor(), options, cancellationToken).ConfigureAwait(false);
        if (problems.Count > 0)
        {
            throw new CommandException(ExitCode.Incomplete, MessageText.Lines(problems));
        }

        if (expectedSize is { } size && size != result.NarSize)
        {
            throw new CommandException(ExitCode.Incomplete, $"{archive}: the NAR has {result.NarSize} bytes, not {size}");
        }

        if (expectedHash is { } hash && hash != result.NarHash)
        {
            throw new CommandException(ExitCode.Incomplete, $"{archive}: the NAR's hash is {result.NarHash}, not {hash}");
        }

        return TextOutput.Write(writer => writer.Write($"{result.NarHash} {result.NarSize}\n"));
    }

    private static NarHash? ReadHash(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return NarHash.TryParse(text, out NarHash hash)
            ? hash
            : throw CommandException.Usage($"--hash {text}: no SHA-256; write sha256:<52 base-32 or 64 hex digits> or sha256-<base-64>.");
    }

    private sealed class NoVisitor : IContentVisitor
    {
        public void Directory(in ContentEntry entry)
        {
        }

        public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset)
        {
        }

        public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset)
        {
        }

        public void FileData(ReadOnlySpan<byte> data)
        {
        }

        public void EndFile(in FileView file)
        {
        }
    }
}
