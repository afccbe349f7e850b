using System.Buffers;

namespace ClosureScan.Walking;

/// <summary>
/// What is kept of a file that does not come in one piece, so that all of it that matters can be read at its end. The policy is one for all
/// sources:
/// <list type="bullet">
/// <item>On disk: the first 4 KiB; the rest is read from there again.</item>
/// <item>Up to 256 KiB: all of it.</item>
/// <item>Longer, and of a format that the visitor must look back at (<see cref="IContentVisitor.KeepsWhole"/>): all of it, up to 16 MiB in
/// memory and beyond that in a temporary file.</item>
/// <item>Anything else, text above all: the first 4 KiB.</item>
/// </list>
/// The buffers serve one file after the other, so a walk allocates for its largest files only.
/// </summary>
internal sealed class KeptFile(IFileBytes? disk) : IFileBytes, IDisposable
{
    /// <summary>How many first bytes a visitor is shown to decide.</summary>
    public const int BeginningLength = 4 * 1024;

    /// <summary>Files up to this length are whole at their end, wherever they come from.</summary>
    public const int LongestWhole = 256 * 1024;

    private const int KeptOfAnything = 4 * 1024;

    private readonly byte[] _head = ArrayPool<byte>.Shared.Rent(LongestWhole);
    private readonly SpooledBytes _rest = new();
    private int _headLength;
    private int _headRoom;
    private long _position;
    private bool? _keepsRest;

    /// <summary>The file so far, as it can be read again. Valid until the next file begins.</summary>
    public FileView View =>
        _headLength == _position ? new FileView(_head.AsSpan(0, _headLength))
        : _keepsRest == true && _rest.InMemory.Length == _position ? new FileView(_rest.InMemory)
        : new FileView(_head.AsSpan(0, KeptOfAnything), _position, this);

    /// <summary>Begins a file.</summary>
    /// <param name="length">Its length in bytes; <see cref="long.MaxValue"/> when it is not known.</param>
    public void Begin(long length)
    {
        _position = 0;
        _headLength = 0;
        _headRoom = disk is null && (length <= LongestWhole || length == long.MaxValue) ? LongestWhole : KeptOfAnything;
        _keepsRest = disk is not null || length <= LongestWhole ? false : null;
        _rest.Clear();
    }

    /// <summary>Takes the file's next bytes.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="visitor">Who is asked whether all must be kept.</param>
    public void Take(ReadOnlySpan<byte> data, IContentVisitor visitor)
    {
        _position += data.Length;
        int count = Math.Min(data.Length, _headRoom - _headLength);
        data[..count].CopyTo(_head.AsSpan(_headLength));
        _headLength += count;
        if (_keepsRest is null && _headLength >= BeginningLength)
        {
            _keepsRest = visitor.KeepsWhole(_head.AsSpan(0, BeginningLength));
            if (_keepsRest.Value)
            {
                // What came before is in the head; the rest begins with the file, so that offsets need no translation.
                _rest.Append(_head.AsSpan(0, _headLength - count));
            }
        }

        if (_keepsRest == true)
        {
            _rest.Append(data);
        }
    }

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        if (disk is not null || _keepsRest == true)
        {
            return (disk ?? _rest).Read(offset, destination);
        }

        ReadOnlySpan<byte> from = _head.AsSpan(0, KeptOfAnything)[(int)Math.Min(offset, KeptOfAnything)..];
        int count = Math.Min(from.Length, destination.Length);
        from[..count].CopyTo(destination);
        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_head);
        _rest.Dispose();
    }
}
