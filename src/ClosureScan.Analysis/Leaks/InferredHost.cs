using System.Collections.Immutable;
using ClosureScan.Platforms;

namespace ClosureScan.Analysis.Leaks;

/// <summary>Where a closure is to run, and what tells.</summary>
/// <param name="Platform">The host; null when it is not known.</param>
/// <param name="Origin">How it was found out.</param>
/// <param name="Evidence">What speaks for it, and what against, each in a sentence with its count; where the host is not known, what is torn.</param>
public sealed record InferredHost(Platform? Platform, HostOrigin Origin, ImmutableArray<string> Evidence)
{
    /// <summary>Why the closure speaks against the host that was told, for people; null when it does not, or nobody told one.</summary>
    internal string? Contradiction { get; init; }

    /// <summary>Finds out where a closure is to run, from its bytes as far as they were read and else from its names.</summary>
    /// <param name="closure">The closure.</param>
    /// <param name="told">What the caller says of it; null for nothing.</param>
    internal static InferredHost Of(ScannedClosure closure, Platform? told = null)
    {
        ArgumentNullException.ThrowIfNull(closure);
        return HostInference.Infer(closure, told);
    }
}
