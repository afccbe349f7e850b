using System.Collections.Immutable;

namespace ClosureScan.Fleet.Queries;

/// <summary>A question that a ledger answers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Question">What it asks, one sentence.</param>
/// <param name="Sql">How, in the SQL of both kinds of ledgers. Its parameters are those of <see cref="QueryArguments"/>.</param>
/// <param name="Columns">What the columns of its answer are.</param>
internal sealed record FleetQuery(string Name, string Question, string Sql, ImmutableArray<(string Name, ColumnKind Kind)> Columns)
{
    /// <summary>Whether the answer is turned: a row a package, and a column for each value of the second column.</summary>
    public bool IsMatrix { get; init; }

    /// <summary>Whether it compares two evaluations.</summary>
    public bool ComparesEvaluations => Sql.Contains("@before", StringComparison.Ordinal);

    /// <summary>Whether it asks about paths that have to be named.</summary>
    public bool NeedsPath => Sql.Contains("@path", StringComparison.Ordinal);
}
