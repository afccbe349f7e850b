using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ClosureScan.Derivations;

/// <summary>What a <c>.drv</c> file says, as far as it tells what was built for which machine.</summary>
internal sealed record Derivation
{
    /// <summary>The paths that it builds, as they are written; an output whose path is known only when it is built has an empty one.</summary>
    public required ImmutableArray<string> Outputs { get; init; }

    /// <summary>The names of the outputs, <c>out</c> and others, in the order of <see cref="Outputs"/>.</summary>
    public required ImmutableArray<string> OutputNames { get; init; }

    /// <summary>The program that it runs. What that and the derivation's <c>system</c> are for is the machine that builds, never the one that the outputs are for.</summary>
    public required string Builder { get; init; }

    /// <summary>The variables of the build.</summary>
    public required FrozenDictionary<string, string> Environment { get; init; }
}
