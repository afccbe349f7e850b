using System.Buffers;
using System.IO.Pipelines;
using ClosureScan.Nar;
using ClosureScan.Paths;

namespace ClosureScan.Walking;

/// <summary>
/// Reads a stream of any bytes, to its end, as a tree that is one file, with the offsets of the NAR that such a file has. Its length is known
/// at the end only: until then it is <see cref="long.MaxValue"/>. The pipe is not completed.
/// </summary>
internal sealed class PlainReader(PipeReader pipe) : TreeReader
{
    /// <summary>Where the contents begin in the NAR of a single file that is not executable: six strings and a length.</summary>
    public const int Offset = 96;

    private const int ClosingLength = 16;

    private NarEntryKind _kind;
    private long _taken;
    private SequencePosition? _lent;
    private bool _hasEnded;

    public override NarEntryKind Kind => _kind;

    public override ReadOnlySpan<byte> Path => default;

    public override ReadOnlySpan<byte> Name => default;

    public override long NameOffset => 0;

    public override long Length => long.MaxValue;

    public override bool IsExecutable => false;

    public override long ContentsOffset => Offset;

    public override ReadOnlySpan<byte> Target => throw new InvalidOperationException("A plain stream has no symlinks.");

    public override long TargetOffset => throw new InvalidOperationException("A plain stream has no symlinks.");

    public override long Position => _kind switch
    {
        NarEntryKind.None => 0,
        NarEntryKind.File => Offset + _taken,
        _ => Offset + _taken + NarLimits.Padding(_taken) + ClosingLength,
    };

    public override NarHash? Hash => null;

    public override async ValueTask<NarEntryKind> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_kind == NarEntryKind.File)
        {
            while (!(await ReadContentsAsync(cancellationToken).ConfigureAwait(false)).IsEmpty)
            {
            }
        }

        return _kind = _kind == NarEntryKind.None ? NarEntryKind.File : NarEntryKind.EndOfArchive;
    }

    public override async ValueTask<ReadOnlySequence<byte>> ReadContentsAsync(CancellationToken cancellationToken = default)
    {
        GiveBack();
        while (!_hasEnded)
        {
            ReadResult read = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            _lent = read.Buffer.End;
            _hasEnded = read.IsCompleted;
            if (!read.Buffer.IsEmpty)
            {
                _taken += read.Buffer.Length;
                return read.Buffer;
            }

            GiveBack();
        }

        return default;
    }

    protected override void Dispose(bool disposing) => GiveBack();

    private void GiveBack()
    {
        if (_lent is { } end)
        {
            pipe.AdvanceTo(end);
            _lent = null;
        }
    }
}
