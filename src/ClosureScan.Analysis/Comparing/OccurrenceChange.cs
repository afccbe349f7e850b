namespace ClosureScan.Analysis.Comparing;

/// <summary>What became of an occurrence since some time before.</summary>
public enum OccurrenceChange
{
    /// <summary>It is as it was.</summary>
    Same,

    /// <summary>It was there and was worse: it broke, and only bloats now.</summary>
    Weaker,

    /// <summary>It was there and was not so bad: it only bloated, and breaks now.</summary>
    Stronger,

    /// <summary>It was not there.</summary>
    New,
}
