namespace ClosureScan.Stores.Caching;

/// <summary>A row of the cache's file.</summary>
/// <param name="Wanted">What was looked for.</param>
/// <param name="Windows">What else there is; null when it is too much.</param>
/// <param name="Scan">The scan, as a document that ends in its own sum.</param>
internal sealed record FactsRow(byte[] Wanted, byte[]? Windows, byte[] Scan);
