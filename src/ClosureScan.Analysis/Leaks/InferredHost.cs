using System.Collections.Immutable;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>Where a closure is to run, and what tells.</summary>
/// <param name="Platform">The host; null when it is not known.</param>
/// <param name="Origin">How it was found out.</param>
/// <param name="Evidence">What speaks for it, and what against, each in a sentence with its count; where the host is not known, what is torn.</param>
internal sealed record InferredHost(Platform? Platform, HostOrigin Origin, ImmutableArray<string> Evidence);
