using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Closures;

/// <summary>What is claimed of a path's contents, and whether they keep it.</summary>
internal sealed class ClaimCheck
{
    private readonly StorePath _path;
    private readonly string _advice;

    /// <summary>Takes what the contents claim and, where they claim nothing, what the store does.</summary>
    public ClaimCheck(PathInfo info, StoreContents contents)
    {
        _path = info.Path;
        _advice = contents.Advice;
        NarSize = contents.NarSize ?? info.NarSize;
        NarHash = contents.NarHash ?? info.NarHash;
    }

    /// <summary>The length that the NAR is to have; null when nobody says.</summary>
    public long? NarSize { get; }

    /// <summary>The hash that the NAR is to have; null when nobody says.</summary>
    public NarHash? NarHash { get; }

    /// <summary>What is wrong with a NAR that was read from a stream; null when nothing is. The first cause: whatever else is wrong follows from it.</summary>
    public string? FindProblem(in NarRead read)
    {
        string? problem = read switch
        {
            { Failure: IOException or UnauthorizedAccessException or InvalidDataException } =>
                $"the NAR of {_path} cannot be read behind its byte {read.Length}: {Message(read.Failure)}.",
            { Failure: not null } => $"the NAR of {_path} cannot be read behind its byte {read.Length}: {read.Failure.GetType().Name}: {Message(read.Failure)}.",
            { IsTooLong: true } => $"the NAR of {_path} has more than the {NarSize} bytes that the store says.",
            _ when NarSize is not null && read.Length != NarSize => $"the NAR of {_path} has {read.Length} bytes, and the store says {NarSize}.",
            _ when read.Hash is { } hash && NarHash is { } claimed && hash != claimed =>
                $"the NAR of {_path} has the hash {hash}, and the store says {claimed}: it is damaged, or of another path.",
            { Malformed: not null } => $"what is called the NAR of {_path} is none: {read.Malformed.Message}",
            _ when read.Scan!.NarSize != read.Length => $"the NAR of {_path} ends after {read.Scan.NarSize} bytes, and {read.Length - read.Scan.NarSize} bytes follow it.",
            _ => null,
        };
        return problem is null ? null : $"{problem} {_advice}";
    }

    /// <summary>What is wrong with a tree on disk; null when nothing is, when its hash was not asked for, or when it could not be read whole anyway.</summary>
    public string? FindProblem(PathScan scan)
    {
        if (scan.NarHash is not { } actual || !scan.Problems.IsEmpty)
        {
            return null;
        }

        return NarSize is not null && NarSize != scan.NarSize ? $"Its NAR has {scan.NarSize} bytes, and the store says {NarSize}. {_advice}"
            : NarHash is { } claimed && claimed != actual ? $"Its NAR has the hash {actual}, and the store says {claimed}. {_advice}"
            : null;
    }

    private static string Message(Exception exception) => exception.Message.TrimEnd('.');
}
