namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>A leak that somebody found in a real closure, or something that looks like one.</summary>
/// <param name="Id">L01 to L71.</param>
/// <param name="Certainty">V: leak and carrier were seen; P: the carrier is inferred; G: inferred from a guard in Nixpkgs; N: told in one line.</param>
/// <param name="Host">Where the closure is to run.</param>
/// <param name="Plants">What is put where.</param>
internal sealed record CorpusRow(string Id, char Certainty, CorpusMachine Host, params Plant[] Plants)
{
    /// <summary>Whether the closure was built on what it runs on. Then only a policy can say that a path does not belong.</summary>
    public bool IsNative { get; init; }

    /// <summary>What the closure was built on.</summary>
    public CorpusMachine Build => Host == CorpusMachine.Intel && !IsNative ? CorpusMachine.Aarch64 : CorpusMachine.Intel;

    public override string ToString() => Id;
}
