using System.Collections.Immutable;

namespace ClosureScan.Analysis.Comparing.Fingerprints;

/// <summary>
/// Bytes without the hashes in them: two contents that differ in aligned hashes alone agree in <paramref name="Bare"/>, and their
/// <paramref name="Targets"/> are each other's. Those that also name their references by other names agree in <paramref name="Named"/>.
/// </summary>
/// <param name="Bare">SHA-256 of the contents with every hash blanked, and of the offsets of the hashes.</param>
/// <param name="Named">The same without the name behind each hash, where it is the one that the store knows; <paramref name="Bare"/> where there is no hash.</param>
/// <param name="Targets">Whose hashes they are, in the order of the bytes, as indices into the side's reference set.</param>
internal readonly record struct ContentDigest(Digest Bare, Digest Named, ImmutableArray<int> Targets);
