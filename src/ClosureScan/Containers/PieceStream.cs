using ClosureScan.Input;

namespace ClosureScan.Containers;

/// <summary>Pieces of bytes that are made as they are read.</summary>
internal sealed class PieceStream(IEnumerable<ReadOnlyMemory<byte>> pieces) : ForwardStream
{
    private readonly IEnumerator<ReadOnlyMemory<byte>> _pieces = pieces.GetEnumerator();
    private ReadOnlyMemory<byte> _piece;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (_piece.IsEmpty)
        {
            if (!_pieces.MoveNext())
            {
                return 0;
            }

            _piece = _pieces.Current;
        }

        int count = Math.Min(buffer.Length, _piece.Length);
        _piece.Span[..count].CopyTo(buffer);
        _piece = _piece[count..];
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _pieces.Dispose();
        base.Dispose(disposing);
    }
}
