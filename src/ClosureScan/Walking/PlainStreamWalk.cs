using System.Buffers;
using System.IO.Pipelines;

namespace ClosureScan.Walking;

/// <summary>Walks a stream of any bytes as the one file of a NAR. Its length is known at the end only: the visitor is told <see cref="long.MaxValue"/>.</summary>
internal static class PlainStreamWalk
{
    /// <summary>Where the contents begin in the NAR of a single file that is not executable: six strings and a length.</summary>
    public const int ContentsOffset = 96;

    /// <summary>How much of the beginning is kept to look back at; as much as of a NAR's files.</summary>
    private const int MaxKept = 16 * 1024 * 1024;

    private const int ClosingLength = 16;

    /// <summary>Tells <paramref name="visitor"/> all bytes of <paramref name="source"/> as one file.</summary>
    public static async ValueTask<WalkResult> RunAsync(PipeReader source, IContentVisitor visitor, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> kept = new();
        long length = 0;
        visitor.BeginFile(default, long.MaxValue, executable: false, ContentsOffset);
        while (true)
        {
            ReadResult read = await source.ReadAsync(cancellationToken).ConfigureAwait(false);
            foreach (ReadOnlyMemory<byte> segment in read.Buffer)
            {
                if (!segment.IsEmpty)
                {
                    visitor.FileData(segment.Span);
                    kept.Write(segment.Span[..Math.Min(segment.Length, MaxKept - kept.WrittenCount)]);
                    length += segment.Length;
                }
            }

            source.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        visitor.EndFile(new FileView(kept.WrittenSpan, length, new KeptBeginning(kept.WrittenMemory)));
        return new WalkResult(ContentsOffset + ((length + 7) & ~7L) + ClosingLength, NarHash: null);
    }

    private sealed class KeptBeginning(ReadOnlyMemory<byte> kept) : IFileBytes
    {
        public int Read(long offset, Span<byte> destination)
        {
            ReadOnlySpan<byte> from = kept.Span[(int)Math.Min(offset, kept.Length)..];
            int count = Math.Min(from.Length, destination.Length);
            from[..count].CopyTo(destination);
            return count;
        }
    }
}
