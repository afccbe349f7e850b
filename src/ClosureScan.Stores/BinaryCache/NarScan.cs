using System.Runtime.CompilerServices;
using ClosureScan.Input;
using ClosureScan.Nar;
using ClosureScan.Paths;
using ClosureScan.Stores.Compression;

namespace ClosureScan.Stores.BinaryCache;

/// <summary>Scans one NAR of a cache and checks its size, its hash and that nothing follows it.</summary>
internal static class NarScan
{
    private const string Advice = "Delete the file and its narinfo and copy the path into the cache again.";

    /// <summary>A scan that read nothing, and why.</summary>
    public static PathScan Failed(string path, string message) => new()
    {
        NarSize = 0,
        FileCount = 0,
        ByteCount = 0,
        Problems = [new ScanProblem(path, message)],
    };

    /// <summary>Scans <paramref name="file"/>. What is wrong with it is in the result.</summary>
    public static async ValueTask<PathScan> RunAsync(
        string file, CompressionMethod method, PathInfo info, NarInfo narInfo, PathScanner scanner, CancellationToken cancellationToken)
    {
        // A narinfo always has both; what the caller was told goes first.
        long size = info.NarSize ?? narInfo.Info.NarSize.GetValueOrDefault();
        NarHash claimed = info.NarHash ?? narInfo.Info.NarHash.GetValueOrDefault();
        FileStream source;
        long? fileSize;
        try
        {
            source = InputFile.Open(file);
            fileSize = source.CanSeek ? source.Length : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failed(file, $"the NAR of {info.Path} cannot be opened: {exception.Message} Copy the path into the cache again.");
        }

        await using ConfiguredAsyncDisposable closing = source.ConfigureAwait(false);
        if (fileSize <= WholeNar.MaxLength
            && size <= WholeNar.MaxLength
            && await WholeNar.TryScanAsync(source.SafeFileHandle, (int)fileSize, method, (int)size, claimed, scanner, cancellationToken)
                .ConfigureAwait(false) is { } whole)
        {
            return whole;
        }

        using NarFeed feed = NarFeed.Start(source, method, size, cancellationToken);
        PathScan? scan = null;
        NarFormatException? malformed = null;
        try
        {
            try
            {
                scan = await scanner.ScanNarAsync(feed.Reader, cancellationToken).ConfigureAwait(false);
            }
            catch (NarFormatException exception)
            {
                malformed = exception;
            }

            // Read to the end also behind a malformed place: whether the hash is right tells whether the file was damaged later.
            await feed.DrainAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await feed.CompleteAsync().ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        string? problem = FindProblem(feed, scan, malformed, info.Path, size, claimed);
        if (problem is null)
        {
            return scan! with { NarHash = feed.Hash };
        }

        if (narInfo.FileSize is { } told && fileSize is { } actual && told != actual)
        {
            problem += $" The file has {actual} bytes, and the narinfo says {told}.";
        }

        ScanProblem found = new(file, $"{problem} {Advice}");
        return scan is null ? Failed(found.Path, found.Message) : scan with { Problems = [.. scan.Problems, found] };
    }

    /// <summary>The first cause: whatever else is wrong follows from it.</summary>
    private static string? FindProblem(
        NarFeed feed, PathScan? scan, NarFormatException? malformed, StorePath path, long size, NarHash claimed)
    {
        if (feed.Failure is { } failure)
        {
            return Decoder.IsDataError(failure) || failure is IOException or UnauthorizedAccessException
                ? $"the NAR of {path} cannot be read behind its byte {feed.Length}: {failure.Message.TrimEnd('.')}."
                : $"the NAR of {path} cannot be decompressed behind its byte {feed.Length}: {failure.GetType().Name}: {failure.Message.TrimEnd('.')}.";
        }

        if (feed.IsTooLong)
        {
            return $"the NAR of {path} has more than the {size} bytes that its narinfo says.";
        }

        if (feed.Length != size)
        {
            return $"the NAR of {path} has {feed.Length} bytes, and its narinfo says {size}.";
        }

        if (feed.Hash != claimed)
        {
            return $"the NAR of {path} has the hash {feed.Hash}, and its narinfo says {claimed}: the file is damaged or of another path.";
        }

        if (malformed is not null)
        {
            return $"what its narinfo calls the NAR of {path} is none: {malformed.Message}";
        }

        return scan!.NarSize == size ? null : $"the NAR of {path} ends after {scan.NarSize} bytes, and {size - scan.NarSize} bytes follow it.";
    }
}
