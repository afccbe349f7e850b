using System.IO.Pipelines;
using ClosureScan.Nar;

namespace ClosureScan.Walking;

/// <summary>Walks a NAR stream.</summary>
public static class NarWalk
{
    /// <summary>
    /// Tells <paramref name="visitor"/> the contents of the NAR that begins at the next byte of <paramref name="nar"/>, and
    /// stops exactly behind it. The visitor is called on whatever thread the bytes arrive on, one call at a time.
    /// </summary>
    /// <param name="nar">The stream; give it large buffers, see <see cref="NarSource"/>. It is not completed.</param>
    /// <param name="visitor">Who is told. Files of up to 256 KiB come whole; see <see cref="FileView"/> for larger ones.</param>
    /// <param name="options">How it is walked.</param>
    /// <param name="cancellationToken">Ends the walk with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="NarFormatException">The bytes are no NAR. The visitor has been told what came before.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static async ValueTask<WalkResult> RunAsync(
        PipeReader nar, IContentVisitor visitor, WalkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        using NarReader reader = new(nar, options is { ComputeNarHash: true } ? new NarReaderOptions { ComputeHash = true } : null);
        using StreamedFile file = new();
        while (true)
        {
            switch (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                case NarEntryKind.Directory:
                    visitor.Directory(Entry(reader));
                    break;
                case NarEntryKind.Symlink:
                    visitor.Symlink(Entry(reader), reader.Target, reader.TargetOffset);
                    break;
                case NarEntryKind.File:
                    visitor.BeginFile(Entry(reader), reader.Length, reader.IsExecutable, reader.ContentsOffset);
                    file.Begin(reader.Length);
                    while (!file.IsComplete)
                    {
                        file.Take(await reader.ReadContentsAsync(cancellationToken).ConfigureAwait(false), visitor);
                    }

                    file.End(visitor);
                    break;
                case NarEntryKind.EndOfArchive:
                    return new WalkResult(reader.Position, reader.Hash);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static ContentEntry Entry(NarReader reader) => new(reader.Path, reader.Name.Length, reader.NameOffset);
}
