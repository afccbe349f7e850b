namespace ClosureScan.Analysis.Leaks;

/// <summary>What a leak does on the host. Ordered: the worse one is greater.</summary>
public enum LeakEffect
{
    /// <summary>It drags bytes along that nobody can use there.</summary>
    Bloats,

    /// <summary>What holds the reference fails when it runs: exec format error, missing interpreter.</summary>
    Breaks,
}
