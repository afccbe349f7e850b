using ClosureScan.Paths;

namespace ClosureScan.Scanning;

/// <summary>Takes the store paths that a <see cref="StorePathFinder"/> finds, one call an occurrence, in the order of their offsets.</summary>
public interface IStorePathSink
{
    /// <summary>An occurrence.</summary>
    /// <param name="hash">The hash part.</param>
    /// <param name="name">
    /// What follows the hash and its dash, as far as characters of names go: 1 to <see cref="StorePath.MaxNameLength"/> ASCII bytes.
    /// Valid during the call. In running text it may end in a full stop that is not part of it.
    /// </param>
    /// <param name="offset">Where the first character of the hash lies, in bytes from the start of the stream.</param>
    void OnStorePath(StorePathHash hash, ReadOnlySpan<byte> name, long offset);

    /// <summary>
    /// An occurrence of a path whose hash a tool has made unusable, so that it refers to nothing: 32 times <c>e</c>, as nuke-refs,
    /// remove-references-to and the compilers of Nixpkgs write, or a hash in capitals, as the compilers of Nixpkgs wrote once.
    /// </summary>
    /// <param name="hash">The 32 ASCII bytes in the place of the hash. Valid during the call.</param>
    /// <param name="name">What follows; see <see cref="OnStorePath"/>.</param>
    /// <param name="offset">Where the first of the 32 bytes lies.</param>
    void OnScrubbedPath(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> name, long offset);
}
