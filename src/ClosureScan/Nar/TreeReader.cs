using System.Buffers;
using System.Runtime.CompilerServices;
using ClosureScan.Paths;

namespace ClosureScan.Nar;

/// <summary>
/// Reads the entries of one tree in the order, and with the offsets, of its NAR, wherever the tree comes from: a
/// <see cref="NarTreeReader"/> reads a NAR, <c>StoreContents.OnDisk</c> opens one over a directory. Two readers can be moved in lockstep.
/// </summary>
/// <remarks>One thread at a time. Names, paths and targets are bytes, not text.</remarks>
internal abstract class TreeReader : IDisposable
{
    /// <summary>What the reader stands at.</summary>
    public abstract NarEntryKind Kind { get; }

    /// <summary>
    /// The path of the entry as bytes, components joined by <c>/</c>; empty for the root. At the end of a directory, that of
    /// the directory. Valid until the next call to <see cref="ReadAsync"/>.
    /// </summary>
    public abstract ReadOnlySpan<byte> Path { get; }

    /// <summary>The last component of <see cref="Path"/>. Valid until the next call to <see cref="ReadAsync"/>.</summary>
    public abstract ReadOnlySpan<byte> Name { get; }

    /// <summary>Where the name's first byte lies in the archive; 0 for the root, which has no name.</summary>
    public abstract long NameOffset { get; }

    /// <summary>The length of the file in bytes.</summary>
    /// <exception cref="InvalidOperationException">The reader does not stand at a file.</exception>
    public abstract long Length { get; }

    /// <summary>Whether the file is executable.</summary>
    /// <exception cref="InvalidOperationException">The reader does not stand at a file.</exception>
    public abstract bool IsExecutable { get; }

    /// <summary>Where the file's first byte lies in the archive.</summary>
    /// <exception cref="InvalidOperationException">The reader does not stand at a file.</exception>
    public abstract long ContentsOffset { get; }

    /// <summary>The target of the symlink as bytes. Valid until the next call to <see cref="ReadAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">The reader does not stand at a symlink.</exception>
    public abstract ReadOnlySpan<byte> Target { get; }

    /// <summary>Where the target's first byte lies in the archive.</summary>
    /// <exception cref="InvalidOperationException">The reader does not stand at a symlink.</exception>
    public abstract long TargetOffset { get; }

    /// <summary>Bytes of the archive so far; at <see cref="NarEntryKind.EndOfArchive"/> its size, the NarSize of Nix.</summary>
    public abstract long Position { get; }

    /// <summary>The SHA-256 of the archive, the NarHash of Nix; null before its end, or when it was not asked for.</summary>
    public abstract NarHash? Hash { get; }

    /// <summary>
    /// Goes to the next entry and tells what it is; contents that were not read are skipped. Behind the end of the tree it
    /// keeps telling <see cref="NarEntryKind.EndOfArchive"/>.
    /// </summary>
    public abstract ValueTask<NarEntryKind> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives the next bytes of the file at hand without copying them; empty when all have been given.
    /// Valid until the next call to the reader.
    /// </summary>
    /// <exception cref="InvalidOperationException">The reader does not stand at a file.</exception>
    public abstract ValueTask<ReadOnlySequence<byte>> ReadContentsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The entries from here on, each an object of its own: directories, symlinks and files, not the ends of directories. For who wants
    /// no allocations there is <see cref="ReadAsync"/>.
    /// </summary>
    public async IAsyncEnumerable<NarEntry> ReadEntriesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        NarEntryKind kind;
        while ((kind = await ReadAsync(cancellationToken).ConfigureAwait(false)) != NarEntryKind.EndOfArchive)
        {
            if (kind != NarEntryKind.EndOfDirectory)
            {
                yield return new NarEntry(this);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the reader holds.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected abstract void Dispose(bool disposing);

    /// <summary>Refuses a question about another kind of entry than the one at hand.</summary>
    /// <exception cref="InvalidOperationException">The reader does not stand at a <paramref name="kind"/>.</exception>
    private protected void ThrowUnlessAt(NarEntryKind kind)
    {
        if (Kind != kind)
        {
            throw new InvalidOperationException($"The reader stands at {Kind}, not at {kind}.");
        }
    }
}
