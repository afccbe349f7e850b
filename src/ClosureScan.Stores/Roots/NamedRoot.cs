using ClosureScan.Paths;

namespace ClosureScan.Stores.Roots;

/// <summary>A path to scan, and what another tool calls it.</summary>
/// <param name="Name">The attribute, with its output when that is not the first one: <c>curl</c>, <c>curl.dev</c>.</param>
/// <param name="Path">The store path.</param>
internal sealed record NamedRoot(string Name, StorePath Path);
