namespace ClosureScan.Analysis.Findings;

/// <summary>What a policy and a baseline say of an occurrence, and why.</summary>
/// <param name="State">What they say.</param>
/// <param name="Because">Why, in a sentence; null for what is new.</param>
/// <param name="Line">The line of the policy's entry that decides, from 1; 0 when none does.</param>
public sealed record OccurrenceStatus(OccurrenceState State, string? Because = null, int Line = 0)
{
    /// <summary>Not known to anybody.</summary>
    internal static OccurrenceStatus New { get; } = new(OccurrenceState.New);

    /// <summary>In the baseline.</summary>
    internal static OccurrenceStatus Known { get; } = new(OccurrenceState.Known, "the baseline has it");

    /// <summary>In the baseline as one that breaks; now it only bloats.</summary>
    internal static OccurrenceStatus Weaker { get; } = new(OccurrenceState.Known, "the baseline has it, and worse");

    /// <summary>In the baseline as one that bloats; now it breaks.</summary>
    internal static OccurrenceStatus Stronger { get; } = new(OccurrenceState.New, "the baseline has it as one that only bloats");

    /// <summary>Its rule is off.</summary>
    internal static OccurrenceStatus Off { get; } = new(OccurrenceState.Off, "the rule is off");

    /// <summary>Whether nobody accepted it: it is to be mended, now or later.</summary>
    public bool IsOpen => State is OccurrenceState.New or OccurrenceState.Known;
}
