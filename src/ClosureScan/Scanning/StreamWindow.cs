namespace ClosureScan.Scanning;

/// <summary>
/// A part of a stream as searches see it: what begins in <c>[Start, End)</c> of <see cref="Bytes"/> is theirs to find, the bytes before it and behind it are there
/// to look at. Valid during the call it is passed to.
/// </summary>
internal readonly ref struct StreamWindow
{
    /// <summary>Makes a window.</summary>
    public StreamWindow()
    {
    }

    /// <summary>The bytes.</summary>
    public required ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>Where in the stream the first of them lies.</summary>
    public required long Offset { get; init; }

    /// <summary>The first byte at which something may begin that was not told yet; before it lie as many bytes as its search looks back, unless the stream has fewer.</summary>
    public required int Start { get; init; }

    /// <summary>Behind the last such byte; from there on lie as many bytes as its search looks ahead, unless the stream ends sooner.</summary>
    public required int End { get; init; }

    /// <summary>How far apart its bytes lie in the stream: 2 where text of two bytes a character was narrowed.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>The bytes of everything that is theirs to find and has <paramref name="length"/> bytes.</summary>
    public ReadOnlySpan<byte> Reach(int length) => Bytes[Start..Math.Min(Bytes.Length, End + length - 1)];

    /// <summary>Where in the stream the byte at <paramref name="position"/> lies.</summary>
    public long OffsetOf(int position) => Offset + ((long)position * Stride);
}
