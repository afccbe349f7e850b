using System.IO.Pipelines;
using ClosureScan.Cli.Rendering;
using ClosureScan.Media;
using ClosureScan.Nar;
using ClosureScan.Stores.Compression;
using ClosureScan.Walking;

namespace ClosureScan.Cli.Commands;

/// <summary>Opens what a user calls a NAR, and walks it: a file, standard input, or a path on disk as the NAR it would be.</summary>
internal static class NarInput
{
    /// <summary>Walks all of it. Bytes behind the archive are an error: a NAR is nothing but itself.</summary>
    public static async Task<WalkResult> WalkAsync(string source, IContentVisitor visitor, WalkOptions options, CancellationToken cancellationToken)
    {
        source = FollowLink(source);
        if (Directory.Exists(source))
        {
            List<ScanProblem> problems = [];
            WalkResult walked = DirectoryWalk.Run(source, visitor, options with { OnProblem = problems.Add }, cancellationToken);
            return problems.Count == 0 ? walked : throw new CommandException(ExitCode.Incomplete, MessageText.Lines(problems));
        }

        PipeReader pipe = Open(source);
        try
        {
            WalkResult result = await NarWalk.RunAsync(pipe, visitor, options, cancellationToken).ConfigureAwait(false);
            ReadResult rest = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            return rest.Buffer.IsEmpty
                ? result
                : throw new CommandException(ExitCode.Incomplete, $"{source}: bytes follow the archive, which ends at byte {result.NarSize}");
        }
        catch (Exception exception) when (Describe(exception) is not null)
        {
            throw new CommandException(ExitCode.Incomplete, $"{source}: {Describe(exception)}");
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>What is wrong with the input, when that is what an exception says; null for any other exception.</summary>
    public static string? Describe(Exception exception) => exception switch
    {
        NarFormatException => exception.Message,
        _ when CompressedFile.IsDamage(exception) => $"the compressed data are damaged or cut off: {exception.Message}",
        _ => null,
    };

    /// <summary>Where a link that a call names leads in the end: <c>./result</c> stands for what was built. Anything else stays as it is.</summary>
    public static string FollowLink(string source) =>
        source != "-" && new FileInfo(source).LinkTarget is not null && File.ResolveLinkTarget(source, returnFinalTarget: true) is { } target && Path.Exists(target.FullName)
            ? target.FullName
            : source;

    /// <summary>Opens a file, compressed or not as its name says, or standard input for <c>-</c>.</summary>
    public static PipeReader Open(string source)
    {
        if (source == "-")
        {
            return StandardStreams.HasInput
                ? NarSource.OpenStandardInput()
                : throw CommandException.Usage($"Standard input is closed; - reads it.");
        }

        return File.Exists(source)
            ? CompressedFile.Open(source)
            : throw CommandException.Usage($"{source}: no such file; - reads standard input.");
    }
}
