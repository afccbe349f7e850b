namespace ClosureScan.Stores.Caching;

/// <summary>A scan as a cache keeps it.</summary>
/// <param name="Scan">What was found.</param>
/// <param name="Wanted">The <see cref="WantedHashes.Digest"/> of what was looked for.</param>
/// <param name="Windows">All that else might have been found, see <see cref="LetterWindows"/>; null when the scan answers for the same hashes alone.</param>
internal sealed record KeptScan(PathScan Scan, byte[] Wanted, byte[]? Windows);
