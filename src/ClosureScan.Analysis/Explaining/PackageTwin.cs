using System.Collections.Immutable;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Explaining;

/// <summary>One of several paths of a package.</summary>
/// <param name="Path">The path.</param>
/// <param name="Name">Its name, taken apart.</param>
/// <param name="SelfSize">The NAR size of the path alone, in bytes.</param>
/// <param name="AddedSize">The bytes that leave the closure with the path; those of two twins may overlap when one holds the other.</param>
/// <param name="Holders">The paths of the closure that refer to it, sorted, without itself; empty for a root that nothing holds.</param>
internal sealed record PackageTwin(StorePath Path, StorePathName Name, long SelfSize, long AddedSize, ImmutableArray<StorePath> Holders);
