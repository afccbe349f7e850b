namespace ClosureScan.Fleet.Ledgers;

/// <summary>One occurrence of a finding, as a ledger keeps it. All occurrences of a finding share its number and what mending all of them frees.</summary>
internal sealed record OccurrenceRow(
    long Finding,
    int Number,
    string Key,
    string Rule,
    string Effect,
    string Severity,
    long From,
    long? To,
    string Package,
    string Target,
    string? Mechanism,
    string? File,
    long HitCount,
    long FreedBytes,
    string Fix);
