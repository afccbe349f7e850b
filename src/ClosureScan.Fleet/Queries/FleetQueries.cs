using System.Collections.Immutable;

namespace ClosureScan.Fleet.Queries;

/// <summary>The questions by name.</summary>
internal static class FleetQueries
{
    // Everything that is wrong with the jobs of an evaluation; notes are none.
    private const string Leaks = """
        FROM job j JOIN judgement g ON g.root_id = j.root_id AND g.host = j.host AND g.version = @version
        JOIN occurrence o ON o.root_id = g.root_id AND o.host = g.host AND o.version = g.version AND o.severity <> 'note'
        """;

    private const string Filter = "o.target LIKE @target ESCAPE '!' AND o.package LIKE @package ESCAPE '!'";

    /// <summary>All of them.</summary>
    public static ImmutableArray<FleetQuery> All { get; } =
    [
        new(
            "leaks",
            "Which packages leak what, for which host, in how many jobs of an evaluation.",
            $"""
            SELECT o.target, o.package, coalesce(g.found_host, '?') AS host, o.rule, max(o.effect) AS effect, count(DISTINCT j.name) AS job_count, max(o.freed_bytes) AS freed_bytes, min(o.fix) AS fix
            {Leaks}
            WHERE j.evaluation = @evaluation AND {Filter}
            GROUP BY o.target, o.package, g.found_host, o.rule ORDER BY job_count DESC, o.target, o.package, host, o.rule LIMIT @limit
            """,
            [
                ("target", ColumnKind.Text), ("package", ColumnKind.Text), ("host", ColumnKind.Text), ("rule", ColumnKind.Text), ("effect", ColumnKind.Text), ("jobCount", ColumnKind.Count),
                ("freedBytes", ColumnKind.Bytes), ("fix", ColumnKind.Text),
            ]),
        new(
            "regressions",
            "What is wrong in the second of two evaluations and was not in the first, by job; and what is mended.",
            $"""
            WITH found(evaluation, job, key, effect, fix) AS (
              SELECT j.evaluation, j.name, o.key, max(o.effect), min(o.fix) {Leaks}
              WHERE j.evaluation IN (@before, @evaluation) AND {Filter} GROUP BY j.evaluation, j.name, o.key)
            SELECT CASE WHEN b.key IS NULL THEN 'new' ELSE 'stronger' END AS change, a.job, a.key, a.effect, a.fix
            FROM found a LEFT JOIN found b ON b.evaluation = @before AND b.job = a.job AND b.key = a.key
            WHERE a.evaluation = @evaluation AND (b.key IS NULL OR b.effect < a.effect)
            UNION ALL
            SELECT 'mended', b.job, b.key, b.effect, b.fix
            FROM found b JOIN job j ON j.evaluation = @evaluation AND j.name = b.job LEFT JOIN found a ON a.evaluation = @evaluation AND a.job = b.job AND a.key = b.key
            WHERE b.evaluation = @before AND a.key IS NULL
            ORDER BY 1 DESC, 2, 3 LIMIT @limit
            """,
            [("change", ColumnKind.Text), ("job", ColumnKind.Text), ("key", ColumnKind.Text), ("effect", ColumnKind.Text), ("fix", ColumnKind.Text)]),
        new(
            "first-bad",
            "Since which evaluation each leak of the latest one is there without a break.",
            $"""
            WITH bad(key, ordinal) AS (SELECT DISTINCT o.key, e.ordinal FROM evaluation e JOIN job j0 ON j0.evaluation = e.name
              JOIN judgement g ON g.root_id = j0.root_id AND g.host = j0.host AND g.version = @version
              JOIN occurrence o ON o.root_id = g.root_id AND o.host = g.host AND o.version = g.version AND o.severity <> 'note' WHERE {Filter}),
            latest(ordinal) AS (SELECT ordinal FROM evaluation WHERE name = @evaluation),
            good(key, ordinal) AS (SELECT n.key, max(e.ordinal) FROM bad n JOIN latest l ON l.ordinal = n.ordinal JOIN evaluation e ON e.ordinal < l.ordinal
              LEFT JOIN bad b ON b.key = n.key AND b.ordinal = e.ordinal WHERE b.key IS NULL GROUP BY n.key)
            SELECT n.key, (SELECT e.name FROM evaluation e WHERE e.ordinal > coalesce(g.ordinal, -1) ORDER BY e.ordinal LIMIT 1) AS first_bad,
              (SELECT e.name FROM evaluation e WHERE e.ordinal = g.ordinal) AS last_good
            FROM bad n JOIN latest l ON l.ordinal = n.ordinal LEFT JOIN good g ON g.key = n.key ORDER BY 1 LIMIT @limit
            """,
            [("key", ColumnKind.Text), ("firstBad", ColumnKind.Text), ("lastGood", ColumnKind.Text)]),
        new(
            "fixes",
            "Which one mended package frees most, over all jobs together.",
            $"""
            SELECT o.package, o.target, o.rule, count(DISTINCT j.name) AS job_count, sum(o.freed_bytes) AS freed_bytes, min(o.fix) AS fix
            {Leaks}
            WHERE j.evaluation = @evaluation AND o.number = 0 AND {Filter}
            GROUP BY o.package, o.target, o.rule ORDER BY freed_bytes DESC, job_count DESC, o.package, o.target, o.rule LIMIT @limit
            """,
            [("package", ColumnKind.Text), ("target", ColumnKind.Text), ("rule", ColumnKind.Text), ("jobCount", ColumnKind.Count), ("freedBytes", ColumnKind.Bytes), ("fix", ColumnKind.Text)]),
        new(
            "matrix",
            "Which packages leak, a row each, with the number of jobs for each host.",
            $"""
            SELECT o.package, coalesce(g.found_host, '?') AS host, count(DISTINCT j.name) AS job_count
            {Leaks}
            WHERE j.evaluation = @evaluation AND {Filter}
            GROUP BY o.package, g.found_host ORDER BY 1, 2
            """,
            [("package", ColumnKind.Text), ("host", ColumnKind.Text), ("jobCount", ColumnKind.Count)])
        {
            IsMatrix = true,
        },
        new(
            "referrers",
            "Which jobs of an evaluation still reach a path or a package, and which of its referrers do so directly.",
            """
            WITH RECURSIVE target(id) AS (SELECT id FROM path WHERE base_name LIKE @path ESCAPE '!' OR package LIKE @path ESCAPE '!'),
            holding(id) AS (SELECT id FROM target UNION SELECT r.from_id FROM holding h JOIN reference r ON r.to_id = h.id)
            SELECT 'direct' AS kind, p.base_name AS name, t.base_name AS target FROM target x JOIN reference r ON r.to_id = x.id AND r.from_id <> x.id
              JOIN path p ON p.id = r.from_id JOIN path t ON t.id = x.id
            UNION ALL
            SELECT 'job', j.name, p.base_name FROM holding h JOIN job j ON j.root_id = h.id AND j.evaluation = @evaluation JOIN path p ON p.id = h.id
            ORDER BY 1, 2, 3 LIMIT @limit
            """,
            [("kind", ColumnKind.Text), ("name", ColumnKind.Text), ("path", ColumnKind.Text)]),
        new(
            "conflicts",
            "Which paths two caches have with other bytes.",
            """
            SELECT p.base_name, a.cache, a.nar_hash, b.cache, b.nar_hash FROM claim a JOIN claim b ON b.path_id = a.path_id AND b.cache > a.cache AND b.nar_hash <> a.nar_hash
            JOIN path p ON p.id = a.path_id ORDER BY 1, 2, 4 LIMIT @limit
            """,
            [("path", ColumnKind.Text), ("cache", ColumnKind.Text), ("narHash", ColumnKind.Hash), ("otherCache", ColumnKind.Text), ("otherNarHash", ColumnKind.Hash)]),
        new(
            "unreadable",
            "Which NARs could not be read, and why.",
            """
            SELECT p.base_name, n.reason, n.message FROM nar n JOIN path p ON p.id = n.path_id WHERE n.state IN (2, 3) AND p.base_name LIKE @package ESCAPE '!' ORDER BY 1, 2 LIMIT @limit
            """,
            [("path", ColumnKind.Text), ("reason", ColumnKind.Text), ("message", ColumnKind.Text)]),
    ];

    /// <summary>The question of that name.</summary>
    public static FleetQuery Find(string name) => All.First(query => query.Name == name);
}
