using System.Buffers;
using ClosureScan.Nar;

namespace ClosureScan.Walking;

/// <summary>The one walk: tells a visitor what a reader reads, and keeps of each file what the visitor may look back at.</summary>
internal static class TreeWalk
{
    // One method, not one a file: a method that waits allocates each time it is called, and this one is called once.

    /// <summary>Tells <paramref name="visitor"/> all that <paramref name="reader"/> has, on whatever thread the bytes arrive on.</summary>
    public static ValueTask<WalkResult> RunAsync(TreeReader reader, IContentVisitor visitor, CancellationToken cancellationToken) =>
        RunAsync(reader, visitor, pauses: null, cancellationToken);

    /// <summary>The same, to the end or until <paramref name="pauses"/> says so between two entries; the walk can go on from there.</summary>
    public static async ValueTask<WalkResult> RunAsync(
        TreeReader reader, IContentVisitor visitor, Func<bool>? pauses, CancellationToken cancellationToken)
    {
        using KeptFile kept = new(reader as IFileBytes);
        while (pauses is null || !pauses())
        {
            switch (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                case NarEntryKind.Directory:
                    visitor.Directory(Entry(reader));
                    break;
                case NarEntryKind.EndOfDirectory:
                    visitor.EndDirectory(Entry(reader));
                    break;
                case NarEntryKind.Symlink:
                    visitor.Symlink(Entry(reader), reader.Target, reader.TargetOffset);
                    break;
                case NarEntryKind.File:
                    visitor.BeginFile(Entry(reader), reader.Length, reader.IsExecutable, reader.ContentsOffset);
                    ReadOnlySequence<byte> contents = await reader.ReadContentsAsync(cancellationToken).ConfigureAwait(false);
                    if (contents.Length == reader.Length && contents.IsSingleSegment)
                    {
                        TellWhole(contents.FirstSpan, visitor);
                        break;
                    }

                    kept.Begin(reader.Length);
                    while (!contents.IsEmpty)
                    {
                        TellPart(contents, kept, visitor);
                        contents = await reader.ReadContentsAsync(cancellationToken).ConfigureAwait(false);
                    }

                    visitor.EndFile(kept.View);
                    break;
                case NarEntryKind.EndOfArchive:
                    return new WalkResult(reader.Position, reader.Hash);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        return new WalkResult(reader.Position, NarHash: null);
    }

    private static void TellWhole(ReadOnlySpan<byte> contents, IContentVisitor visitor)
    {
        if (!contents.IsEmpty)
        {
            visitor.FileData(contents);
        }

        visitor.EndFile(new FileView(contents));
    }

    private static void TellPart(ReadOnlySequence<byte> contents, KeptFile kept, IContentVisitor visitor)
    {
        foreach (ReadOnlyMemory<byte> segment in contents)
        {
            if (!segment.IsEmpty)
            {
                kept.Take(segment.Span, visitor);
                visitor.FileData(segment.Span);
            }
        }
    }

    private static ContentEntry Entry(TreeReader reader) => new(reader.Path, reader.Name.Length, reader.NameOffset);
}
