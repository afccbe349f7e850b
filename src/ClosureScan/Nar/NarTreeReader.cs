using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using ClosureScan.Paths;

namespace ClosureScan.Nar;

/// <summary>
/// Reads one NAR from a <see cref="PipeReader"/>, entry by entry, as strictly as Nix. It stops exactly behind the archive:
/// what follows stays in the pipe. Memory is bounded whatever the input says.
/// </summary>
/// <remarks>
/// One thread at a time. Names, paths and targets are bytes, not text. The pipe is not completed: it belongs to the caller,
/// who must not touch it until the archive has ended, an error was thrown or the reader was disposed.
/// After an exception other than <see cref="OperationCanceledException"/> the reader refuses further calls.
/// </remarks>
internal sealed class NarTreeReader : TreeReader
{
    private readonly PipeReader _pipe;
    private readonly NarGrammar _grammar = new();
    private byte[]? _joined;
    private BackgroundHash? _hash;

    // What the pipe lent, and the part of it that lies ahead. Both are empty while nothing is lent.
    private ReadOnlySequence<byte> _lent;
    private ReadOnlySequence<byte> _ahead;
    private bool _isLent;
    private NarEntryKind _kind;
    private NarHash? _hashOfAll;
    private bool _isBroken;

    /// <summary>Makes a reader of the archive that begins at the next byte of <paramref name="pipe"/>.</summary>
    public NarTreeReader(PipeReader pipe, NarReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipe);
        _pipe = pipe;
        _hash = options is { ComputeHash: true } ? new BackgroundHash() : null;
    }

    /// <inheritdoc/>
    public override NarEntryKind Kind => _kind;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Path => _grammar.Path.Bytes;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Name => _grammar.Path.Name;

    /// <inheritdoc/>
    public override long NameOffset => _grammar.NameOffset;

    /// <inheritdoc/>
    public override long Length => At(NarEntryKind.File)._grammar.Length;

    /// <inheritdoc/>
    public override bool IsExecutable => At(NarEntryKind.File)._grammar.IsExecutable;

    /// <inheritdoc/>
    public override long ContentsOffset => At(NarEntryKind.File)._grammar.ValueOffset;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Target => At(NarEntryKind.Symlink)._grammar.Target;

    /// <inheritdoc/>
    public override long TargetOffset => At(NarEntryKind.Symlink)._grammar.ValueOffset;

    /// <inheritdoc/>
    public override long Position => _grammar.Offset;

    /// <inheritdoc/>
    public override NarHash? Hash => _hashOfAll;

    /// <summary>
    /// Goes to the next entry and tells what it is; contents that were not read are skipped, and checked as if they had been.
    /// Behind the end of the archive it keeps telling <see cref="NarEntryKind.EndOfArchive"/>.
    /// </summary>
    /// <exception cref="NarFormatException">The bytes are no NAR.</exception>
    /// <exception cref="InvalidOperationException">The reader has thrown before.</exception>
    public override ValueTask<NarEntryKind> ReadAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfBroken();
        return TryRead() ? new(_kind) : ReadSlowlyAsync(cancellationToken);
    }

    /// <summary>
    /// Gives the next bytes of the file at hand without copying them; empty when all have been given.
    /// Valid until the next call to the reader.
    /// </summary>
    /// <exception cref="NarFormatException">The stream ends within the file.</exception>
    /// <exception cref="InvalidOperationException">The reader does not stand at a file, or has thrown before.</exception>
    public override ValueTask<ReadOnlySequence<byte>> ReadContentsAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfBroken();
        At(NarEntryKind.File);
        return _grammar.ContentsLeft == 0 ? new(ReadOnlySequence<byte>.Empty)
            : !_ahead.IsEmpty ? new(TakeContents())
            : ReadContentsSlowlyAsync(cancellationToken);
    }

    /// <summary>Gives back to the pipe what lies ahead. Does not complete the pipe.</summary>
    protected override void Dispose(bool disposing)
    {
        _isBroken |= Kind != NarEntryKind.EndOfArchive;
        GiveBack(_ahead.Start);
        _hash?.Dispose();
        _hash = null;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<NarEntryKind> ReadSlowlyAsync(CancellationToken cancellationToken)
    {
        do
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
        while (!TryRead());
        return _kind;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOnlySequence<byte>> ReadContentsSlowlyAsync(CancellationToken cancellationToken)
    {
        while (_ahead.IsEmpty)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        return TakeContents();
    }

    // Asks the pipe for more than lies ahead.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        long known = _ahead.Length;
        GiveBack(_ahead.End);
        ReadResult result = await ReadPipeAsync(cancellationToken).ConfigureAwait(false);
        _lent = _ahead = result.Buffer;
        _isLent = true;
        if (result.IsCanceled)
        {
            GiveBack(_ahead.Start);
            throw new OperationCanceledException("Reading the pipe was cancelled.");
        }

        if (result.IsCompleted && _ahead.Length <= known)
        {
            throw Broken(NarError.Truncated, _grammar.Offset + _ahead.Length, "The archive is cut off");
        }
    }

    private async ValueTask<ReadResult> ReadPipeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _isBroken = true;
            throw;
        }
    }

    private bool TryRead()
    {
        while (_grammar.ContentsLeft > 0)
        {
            if (_ahead.IsEmpty)
            {
                return false;
            }

            TakeContents();
        }

        while (true)
        {
            ReadOnlySpan<byte> first = _ahead.FirstSpan;
            NarStatus status = _grammar.Read(first, out int taken);
            if (status == NarStatus.NeedsMore && taken == 0 && first.Length < _ahead.Length)
            {
                // The next piece begins in one segment and ends in another.
                _joined ??= new byte[NarGrammar.LongestPiece];
                ReadOnlySequence<byte> piece = _ahead.Slice(0, Math.Min(_ahead.Length, _joined.Length));
                piece.CopyTo(_joined);
                status = _grammar.Read(_joined.AsSpan(0, (int)piece.Length), out taken);
            }

            _ahead = _ahead.Slice(taken);
            switch (status)
            {
                case NarStatus.Entry:
                    _kind = _grammar.Kind;
                    End();
                    return true;
                case NarStatus.Invalid:
                    NarFailure failure = _grammar.Failure!;
                    throw Broken(failure.Error, _grammar.Offset + failure.Position, failure.Problem);
                case NarStatus.NeedsMore when taken == 0 || _ahead.IsEmpty:
                    return false;
            }
        }
    }

    private ReadOnlySequence<byte> TakeContents()
    {
        long count = Math.Min(_grammar.ContentsLeft, _ahead.Length);
        ReadOnlySequence<byte> contents = _ahead.Slice(0, count);
        _ahead = _ahead.Slice(count);
        _grammar.TakeContents(count);
        return contents;
    }

    private void End()
    {
        if (Kind != NarEntryKind.EndOfArchive)
        {
            return;
        }

        GiveBack(_ahead.Start);
        if (_hash is not null)
        {
            _hashOfAll = _hash.Finish();
            _hash.Dispose();
            _hash = null;
        }
    }

    private void GiveBack(SequencePosition examined)
    {
        if (!_isLent)
        {
            return;
        }

        if (_hash is not null)
        {
            foreach (ReadOnlyMemory<byte> segment in _lent.Slice(_lent.Start, _ahead.Start))
            {
                _hash.Append(segment.Span);
            }
        }

        _isLent = false;
        _pipe.AdvanceTo(_ahead.Start, examined);
        _lent = _ahead = default;
    }

    private NarTreeReader At(NarEntryKind kind)
    {
        ThrowUnlessAt(kind);
        return this;
    }

    private void ThrowIfBroken()
    {
        if (_isBroken)
        {
            throw new InvalidOperationException("The reader has failed or was disposed and can not go on.");
        }
    }

    private NarFormatException Broken(NarError error, long offset, string problem)
    {
        _isBroken = true;
        NarFormatException exception = new(error, offset, NarText.Escape(Path), problem);
        GiveBack(_ahead.Start);
        return exception;
    }
}
