namespace ClosureScan.Nar;

/// <summary>One entry of a tree, as an object that stays valid: all of it but <see cref="Contents"/>.</summary>
public sealed class NarEntry
{
    internal NarEntry(TreeReader reader)
    {
        Kind = reader.Kind;
        Path = reader.Path.ToArray();
        if (Kind == NarEntryKind.File)
        {
            Length = reader.Length;
            IsExecutable = reader.IsExecutable;
            NarOffset = reader.ContentsOffset;
            Contents = new EntryStream(reader);
        }
        else if (Kind == NarEntryKind.Symlink)
        {
            Target = reader.Target.ToArray();
            NarOffset = reader.TargetOffset;
        }
    }

    /// <summary>A file, a symlink or a directory.</summary>
    public NarEntryKind Kind { get; }

    /// <summary>The path inside the tree as bytes, components joined by <c>/</c>; empty for the root.</summary>
    public ReadOnlyMemory<byte> Path { get; }

    /// <summary>The length of a file in bytes; 0 of anything else.</summary>
    public long Length { get; }

    /// <summary>Whether a file is executable.</summary>
    public bool IsExecutable { get; }

    /// <summary>A symlink's target as bytes; empty of anything else.</summary>
    public ReadOnlyMemory<byte> Target { get; }

    /// <summary>Where a file's first byte, or a symlink's target, lies in the NAR; 0 of a directory.</summary>
    public long NarOffset { get; }

    /// <summary>
    /// A file's bytes; empty of anything else. May be left unread. Valid until the next entry is asked for; closing it does nothing.
    /// </summary>
    public Stream Contents { get; } = Stream.Null;

    /// <summary>The kind and the path, as text for people.</summary>
    public override string ToString() => $"{Kind} {NarText.Escape(Path.Span)}";
}
