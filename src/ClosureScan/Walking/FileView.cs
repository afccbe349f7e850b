namespace ClosureScan.Walking;

/// <summary>
/// A file seen whole, for those who must look back: its first bytes as a span, the rest through <see cref="Read"/>.
/// Valid during the call it is passed to. Reading past the end, or what a stream did not keep, gives fewer bytes, never an exception.
/// </summary>
internal readonly ref struct FileView
{
    private readonly IFileBytes? _rest;
    private readonly long _start;

    /// <summary>Makes a view of a file that lies in memory whole.</summary>
    public FileView(ReadOnlySpan<byte> whole)
    {
        Head = whole;
        Length = whole.Length;
    }

    /// <summary>Makes a view of a file of which the first bytes lie in memory.</summary>
    public FileView(ReadOnlySpan<byte> head, long length, IFileBytes rest)
    {
        Head = head;
        Length = length;
        _rest = rest;
    }

    private FileView(ReadOnlySpan<byte> head, long length, IFileBytes? rest, long start)
    {
        Head = head;
        Length = length;
        _rest = rest;
        _start = start;
    }

    /// <summary>The file's length in bytes.</summary>
    public long Length { get; }

    /// <summary>The first bytes: all of a small file, otherwise at least the first 4 KiB.</summary>
    public ReadOnlySpan<byte> Head { get; }

    /// <summary>Whether <see cref="Head"/> is the whole file.</summary>
    public bool IsWhole => Head.Length == Length;

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/> on and returns how many bytes there were.</summary>
    public int Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset >= Length)
        {
            return 0;
        }

        if (offset + destination.Length <= Head.Length || _rest is null)
        {
            if (offset >= Head.Length)
            {
                return 0;
            }

            ReadOnlySpan<byte> from = Head[(int)offset..];
            int count = Math.Min(from.Length, destination.Length);
            from[..count].CopyTo(destination);
            return count;
        }

        return _rest.Read(_start + offset, destination[..(int)Math.Min(destination.Length, Length - offset)]);
    }

    /// <summary>Fills the whole of <paramref name="destination"/>. False when not all of it is there.</summary>
    public bool TryRead(long offset, Span<byte> destination) => Read(offset, destination) == destination.Length;

    /// <summary>The file as bytes that live in the heap: a copy of what is in memory whole, the place of what is not. Valid as long as the view.</summary>
    internal ByteSource ToBytes() =>
        _rest is null ? new ByteSource(Head.ToArray()) : new ByteSource(_rest, _start, Length);

    /// <summary>
    /// Makes a view of a part of the file, a member of an archive say. Valid as long as this view and <paramref name="headBuffer"/>.
    /// </summary>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="length">Its length; the part ends with the file at the latest.</param>
    /// <param name="headBuffer">At least 4 KiB, filled with the part's first bytes when <see cref="Head"/> has too few of them.</param>
    internal FileView Slice(long offset, long length, Span<byte> headBuffer)
    {
        offset = Math.Clamp(offset, 0, Length);
        length = Math.Clamp(length, 0, Length - offset);
        int wanted = (int)Math.Min(length, headBuffer.Length);
        if (offset + wanted > Head.Length && _rest is not null)
        {
            return new FileView(headBuffer[..Read(offset, headBuffer[..wanted])], length, _rest, _start + offset);
        }

        ReadOnlySpan<byte> head = Head[(int)Math.Min(offset, Head.Length)..];
        return new FileView(head[..(int)Math.Min(length, head.Length)], length, _rest, _start + offset);
    }
}
