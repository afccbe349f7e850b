using ClosureScan.Walking;

namespace ClosureScan.Containers;

/// <summary>
/// Takes the tree in a container, entry by entry, in the order of the container. Paths are bytes without a leading slash; they are names and nothing else, for
/// nothing is ever unpacked by them. All spans are valid during the call only.
/// </summary>
internal interface IContainerSink
{
    /// <summary>A directory. Its entries may come at any time, before it too.</summary>
    void Directory(ReadOnlySpan<byte> path);

    /// <summary>A symbolic link.</summary>
    void Symlink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target);

    /// <summary>A regular file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="executable">Whether its owner may execute it.</param>
    /// <param name="contents">Its bytes; what is not read is skipped by the caller.</param>
    void File(ReadOnlySpan<byte> path, bool executable, Stream contents);

    /// <summary>Another name of a regular file that came before.</summary>
    void Link(ReadOnlySpan<byte> path, ReadOnlySpan<byte> other);

    /// <summary>A part that is a container or a file system of its own: a partition.</summary>
    void Part(ReadOnlySpan<byte> name, ByteSource bytes);

    /// <summary>What follows a container in the same stream, and has to be recognised anew: the next archive of an initial RAM disk.</summary>
    void Rest(Stream rest);

    /// <summary>Something was left out: a method nobody here undoes, a reference out of bounds.</summary>
    void LeftOut(string reason);

    /// <summary>A part is damaged, and others behind it may be whole.</summary>
    void Damaged();

    /// <summary>The decoder of that name among those of the scan; null when there is none.</summary>
    IContentDecoder? Decoder(string name);

    /// <summary>Counts work that input asks for and no file's bytes show, so that loops end.</summary>
    /// <exception cref="ExpansionException">It is more than the container may take.</exception>
    void Spend(long bytes);
}
