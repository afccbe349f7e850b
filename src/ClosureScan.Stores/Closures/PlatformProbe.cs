using System.Buffers;
using ClosureScan.Evidence;
using ClosureScan.Nar;
using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Walking;

namespace ClosureScan.Stores.Closures;

/// <summary>
/// Reads a path until a program or library tells what it is built for, and no further: of a NAR behind a network the rest does not come. One
/// whose place names a platform or a purpose of its own (a variant, firmware) may be right there whatever the path is for, and reading goes on.
/// The result is no whole scan, and nothing of it is verified.
/// </summary>
internal static class PlatformProbe
{
    /// <summary>So much of a file is looked at: the header tables of nearly every program.</summary>
    private const int MaxFile = 1 << 20;

    /// <summary>A path without a program in so many bytes is left to its name.</summary>
    private const long MaxNar = 32L << 20;

    /// <summary>Looks at the start of a path. Blocks.</summary>
    public static PathScan Run(IStore store, PathInfo info, CancellationToken cancellationToken)
    {
        try
        {
            return Blocking.Wait(RunAsync(Blocking.Wait(store.OpenAsync(info, cancellationToken)), info, cancellationToken));
        }
        catch (StoreException exception)
        {
            return new PathScan
            {
                NarSize = info.NarSize ?? 0,
                FileCount = 0,
                ByteCount = 0,
                Problems = [new ScanProblem(exception.Place ?? info.Path.ToString(), exception.Message)],
            };
        }
    }

    private static async ValueTask<PathScan> RunAsync(StoreContents contents, PathInfo info, CancellationToken cancellationToken)
    {
        await using (contents.ConfigureAwait(false))
        {
            using TreeReader reader = contents.OpenReader();
            PlatformCensus census = new(new RemarkBook());
            long files = 0;
            try
            {
                NarEntryKind kind;
                while ((kind = await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) != NarEntryKind.EndOfArchive && reader.Position < MaxNar)
                {
                    if (kind != NarEntryKind.File)
                    {
                        continue;
                    }

                    files++;
                    if (await TellsAsync(reader, census, cancellationToken).ConfigureAwait(false))
                    {
                        break;
                    }
                }

                return Scan(reader, info, files, census);
            }
            catch (Exception exception) when (exception is NarFormatException or IOException or InvalidDataException)
            {
                return Scan(reader, info, files, census) with { Problems = [new ScanProblem(contents.Location ?? info.Path.ToString(), $"its start cannot be read: {exception.Message}")] };
            }
        }
    }

    private static PathScan Scan(TreeReader reader, PathInfo info, long files, PlatformCensus census) => new()
    {
        NarSize = info.NarSize ?? reader.Position,
        FileCount = files,
        ByteCount = reader.Position,
        Platforms = census.Drain(),
    };

    /// <summary>Counts the file at hand where it is a program or a library of a platform, and says whether that tells the platform of its path.</summary>
    private static async ValueTask<bool> TellsAsync(TreeReader reader, PlatformCensus census, CancellationToken cancellationToken)
    {
        (byte[] path, long length, long offset, bool executable) = (reader.Path.ToArray(), reader.Length, reader.ContentsOffset, reader.IsExecutable);
        byte[] head = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, MaxFile) + 1);
        try
        {
            int count = 0;
            while (count < Math.Min(length, MaxFile))
            {
                ReadOnlySequence<byte> next = await reader.ReadContentsAsync(cancellationToken).ConfigureAwait(false);
                if (next.IsEmpty)
                {
                    break;
                }

                next = next.Slice(0, Math.Min(next.Length, MaxFile - count));
                next.CopyTo(head.AsSpan(count));
                count += (int)next.Length;

                // What is no program shows it at once, and is passed over.
                if (count >= 4 && !head.AsSpan().StartsWith("\u007fELF"u8) && head[0] is not (0xfe or 0xce or 0xcf or 0xca))
                {
                    return false;
                }
            }

            FileIdentity identity = FileIdentifier.Identify(new FileView(head.AsSpan(0, count), length, Nothing.Instance));
            if (identity is not { Platform: not null, Role: FileRole.Program or FileRole.SharedLibrary })
            {
                return false;
            }

            census.Add(path, length, offset, executable, identity);
            return FileDomains.Of(path) == FileDomain.System && PathPlatform.Find(System.Text.Encoding.UTF8.GetString(path)) is null or { IsOfLanguage: true };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    /// <summary>What of a file was not kept.</summary>
    private sealed class Nothing : IFileBytes
    {
        public static readonly Nothing Instance = new();

        public int Read(long offset, Span<byte> destination) => 0;
    }
}
