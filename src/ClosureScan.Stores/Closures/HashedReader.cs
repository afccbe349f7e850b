using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using ClosureScan.Paths;
using ClosureScan.Stores.Caching;

namespace ClosureScan.Stores.Closures;

/// <summary>
/// Hands on a pipe and hashes what its reader has consumed, on the reader's thread: the bytes are in its cache, and the thread that
/// makes them need not copy them for a third. Their windows of letters, where somebody wants them, are taken there as well. One thread at a time.
/// </summary>
internal sealed class HashedReader(PipeReader pipe, LetterWindows? windows = null) : PipeReader, IDisposable
{
    private readonly IncrementalHash _hash = Sha256.Begin();
    private ReadOnlySequence<byte> _lent;

    /// <summary>The SHA-256 of what was consumed. Begins anew.</summary>
    public NarHash Finish() => new(_hash.GetHashAndReset());

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ReadResult result = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
        _lent = result.Buffer;
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        bool hasRead = pipe.TryRead(out result);
        _lent = result.Buffer;
        return hasRead;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        foreach (ReadOnlyMemory<byte> segment in _lent.Slice(_lent.Start, consumed))
        {
            _hash.AppendData(segment.Span);
            windows?.Take(segment.Span);
        }

        _lent = default;
        pipe.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => pipe.CancelPendingRead();

    public override void Complete(Exception? exception = null) => pipe.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => pipe.CompleteAsync(exception);

    public void Dispose() => _hash.Dispose();
}
