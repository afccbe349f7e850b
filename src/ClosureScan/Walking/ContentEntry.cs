namespace ClosureScan.Walking;

/// <summary>Where in a store path an entry lies. Valid during the call only.</summary>
internal readonly ref struct ContentEntry
{
    /// <summary>Makes an entry.</summary>
    public ContentEntry(ReadOnlySpan<byte> path, int nameLength, long nameNarOffset)
    {
        Path = path;
        Name = path[^nameLength..];
        NameNarOffset = nameNarOffset;
    }

    /// <summary>The path inside the store path as bytes, components joined by <c>/</c>; empty for the store path itself.</summary>
    public ReadOnlySpan<byte> Path { get; }

    /// <summary>The last component of <see cref="Path"/>; empty for the store path itself.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Where the name's first byte lies in the NAR; 0 for the store path itself, which has no name there.</summary>
    public long NameNarOffset { get; }
}
