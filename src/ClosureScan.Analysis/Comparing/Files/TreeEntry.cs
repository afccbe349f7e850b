using ClosureScan.Analysis.Comparing.Fingerprints;

namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>An entry of a tree as far as it can be told without its bytes.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Length">The bytes of a file or of a link's target.</param>
/// <param name="Digest">SHA-256 of those bytes as they are.</param>
internal readonly record struct TreeEntry(EntryKind Kind, long Length, Digest Digest);
