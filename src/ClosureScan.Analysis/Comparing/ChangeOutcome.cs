namespace ClosureScan.Analysis.Comparing;

/// <summary>What a change did to the findings of a closure.</summary>
internal enum ChangeOutcome
{
    /// <summary>They are what they were.</summary>
    Same,

    /// <summary>Some are gone or weaker, and none is new or stronger.</summary>
    Better,

    /// <summary>Some are new or stronger.</summary>
    Worse,

    /// <summary>One of the closures was not read whole.</summary>
    Incomplete,
}
