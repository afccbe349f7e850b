namespace ClosureScan.Analysis.Leaks;

/// <summary>On which side of a cross build a path belongs.</summary>
public enum PathSide
{
    /// <summary>Nothing in it is bound to a platform: text, data, byte code. The analysis looks through it.</summary>
    Neutral,

    /// <summary>It was built to run on the host.</summary>
    Host,

    /// <summary>It was built to run elsewhere, normally on the build machine.</summary>
    Foreign,

    /// <summary>It belongs to the host and yet holds programs or libraries of another platform.</summary>
    Mixed,
}
