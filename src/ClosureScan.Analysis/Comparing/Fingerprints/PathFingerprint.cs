namespace ClosureScan.Analysis.Comparing.Fingerprints;

/// <summary>A store path without the hashes in it: all that equality modulo a mapping needs, whatever the size of the path.</summary>
/// <param name="NarHash">The SHA-256 of the NAR as the store claims it, or null.</param>
/// <param name="Contents">The digest of all entries.</param>
/// <param name="Machine">What most of its programs and libraries are for, as ELF numbers it; null without any.</param>
internal sealed record PathFingerprint(Paths.NarHash? NarHash, ContentDigest Contents, Machine? Machine);
