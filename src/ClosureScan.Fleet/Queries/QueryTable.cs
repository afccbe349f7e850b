using System.Collections.Immutable;

namespace ClosureScan.Fleet.Queries;

/// <summary>The answer to a query.</summary>
/// <param name="Columns">Its columns, named as JSON names them.</param>
/// <param name="Rows">Its rows: text, a number or null in each column.</param>
internal sealed record QueryTable(ImmutableArray<(string Name, ColumnKind Kind)> Columns, ImmutableArray<ImmutableArray<object?>> Rows);
