using ClosureScan.Paths;

namespace ClosureScan.Stores.BinaryCache;

/// <summary>What a <c>.narinfo</c> file says: the claim about the path, and where and how its NAR lies.</summary>
internal sealed record NarInfo
{
    /// <summary>The claim; always with a hash and a size.</summary>
    public required PathInfo Info { get; init; }

    /// <summary>The NAR's address, relative to the cache.</summary>
    public required string Url { get; init; }

    /// <summary>The name of the compression, <c>bzip2</c> where the file does not tell.</summary>
    public required string Compression { get; init; }

    /// <summary>The compressed length in bytes; null where the file does not tell.</summary>
    public long? FileSize { get; init; }
}
