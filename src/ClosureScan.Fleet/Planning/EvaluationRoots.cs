using System.Collections.Immutable;
using ClosureScan.Fleet.Ledgers;

namespace ClosureScan.Fleet.Planning;

/// <summary>What an evaluation asks for.</summary>
/// <param name="Name">What to call it when nobody says.</param>
/// <param name="Jobs">Its jobs.</param>
/// <param name="Problems">Jobs that have no output: a plan without them is not whole.</param>
internal sealed record EvaluationRoots(string Name, ImmutableArray<PlannedJob> Jobs, ImmutableArray<ScanProblem> Problems);
