namespace ClosureScan.Fleet.Queries;

/// <summary>A table, and what it is about.</summary>
/// <param name="Table">The table.</param>
/// <param name="Evaluation">The evaluation that was asked about.</param>
/// <param name="Before">The one that it was compared with; null when it was with none.</param>
/// <param name="IncompleteCount">How many of their jobs are not judged, or lack something: an answer that finds nothing says nothing of them.</param>
internal sealed record QueryAnswer(QueryTable Table, string Evaluation, string? Before, long IncompleteCount);
