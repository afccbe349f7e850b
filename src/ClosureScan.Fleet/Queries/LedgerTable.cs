using System.Collections.Immutable;

namespace ClosureScan.Fleet.Queries;

/// <summary>A table that a ledger is exported as: what it says, and nothing of who said it when. Equal ledgers give equal tables, row by row.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sql">Its rows in order.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record LedgerTable(string Name, string Sql, ImmutableArray<string> Columns)
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<LedgerTable> All { get; } =
    [
        new("paths", "SELECT base_name, package, nar_hash, nar_size, deriver, content_address FROM path ORDER BY base_name", ["path", "package", "narHash", "narSize", "deriver", "contentAddress"]),
        new("references", "SELECT f.base_name, t.base_name FROM reference r JOIN path f ON f.id = r.from_id JOIN path t ON t.id = r.to_id ORDER BY 1, 2", ["from", "to"]),
        new("claims", "SELECT p.base_name, c.cache, c.nar_hash, c.nar_size FROM claim c JOIN path p ON p.id = c.path_id ORDER BY 1, 2", ["path", "cache", "narHash", "narSize"]),
        new("jobs", "SELECT j.evaluation, j.name, p.base_name, j.host FROM job j JOIN path p ON p.id = j.root_id ORDER BY 1, 2", ["evaluation", "job", "root", "host"]),
        new("nars", "SELECT n.nar_hash, n.wanted, n.version, p.base_name, n.nar_size, n.state, n.reason, n.platform, n.file_count, n.facts FROM nar n JOIN path p ON p.id = n.path_id ORDER BY 1, 2, 3", ["narHash", "wanted", "version", "path", "narSize", "state", "reason", "platform", "fileCount", "factsSha256"]),
        new("judgements", "SELECT p.base_name, g.host, g.version, g.state, g.found_host, g.complete, g.path_count, g.closure_size, g.message FROM judgement g JOIN path p ON p.id = g.root_id ORDER BY 1, 2, 3", ["root", "host", "version", "state", "foundHost", "complete", "pathCount", "closureSize", "message"]),
        new("occurrences", "SELECT p.base_name, o.host, o.version, o.finding, o.number, o.key, o.rule, o.effect, o.severity, f.base_name, t.base_name, o.package, o.target, o.mechanism, o.file, o.hit_count, o.freed_bytes, o.fix FROM occurrence o JOIN path p ON p.id = o.root_id JOIN path f ON f.id = o.from_id LEFT JOIN path t ON t.id = o.to_id ORDER BY 1, 2, 3, 4, 5", ["root", "host", "version", "finding", "number", "key", "rule", "effect", "severity", "from", "to", "package", "target", "mechanism", "file", "hitCount", "freedBytes", "fix"]),
    ];
}
