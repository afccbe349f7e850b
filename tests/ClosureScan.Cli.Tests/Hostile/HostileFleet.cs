using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Hostile;

/// <summary>A ledger of a cache whose files are hostile, which cannot all be read, and whose evaluations have hostile names; and all that is asked of it.</summary>
/// <param name="tree">Where it lies.</param>
/// <param name="cache">The cache.</param>
internal sealed class HostileFleet(TemporaryTree tree, string cache)
{
    private static readonly string[] Questions = ["leaks", "regressions", "first-bad", "fixes", "matrix", "referrers", "conflicts", "unreadable"];

    private string[] Ledger => ["--ledger", $"sqlite:{tree.PathOf("ledger.db")}"];

    /// <summary>The calls, in their order.</summary>
    public IEnumerable<string[]> Calls()
    {
        foreach (string evaluation in (string[])[HostileText.Text, "2"])
        {
            yield return ["fleet", "run", "--cache", cache, "--evaluation", evaluation, "--host", "armv7l-linux", "--deep", "--quiet", .. Ledger];

            // The second time it cannot be read.
            File.WriteAllBytes(Directory.EnumerateFiles($"{cache}/nar").First(), []);
            yield return ["fleet", "run", "--cache", cache, "--evaluation", evaluation, "--retry", "--no-progress", .. Ledger];
        }

        foreach (string format in (string[])["text", "json", "openmetrics"])
        {
            yield return ["fleet", "status", "--format", format, .. Ledger];
        }

        foreach (string query in Questions)
        {
            string[] about = query switch { "regressions" => [HostileText.Text, "2"], "referrers" => ["tool"], _ => [] };
            foreach (string format in (string[])["text", "json", "csv", "markdown", "html"])
            {
                yield return ["fleet", "query", query, .. about, "--format", format, .. Ledger];
            }

            yield return ["fleet", "query", query, .. about, "--evaluation", HostileText.Text, .. Ledger];
            yield return ["fleet", "query", query, .. about, "--target", HostileText.Text, "--package", HostileText.Text, .. Ledger];
            yield return ["fleet", "query", query, .. about, "--show-sql", "--target", HostileText.Text, .. Ledger];
        }

        yield return ["fleet", "query", HostileText.Text, .. Ledger];
        yield return ["fleet", "query", "referrers", HostileText.Text, .. Ledger];
        yield return ["fleet", "run", "--cache", HostileText.Text, .. Ledger];
        yield return ["fleet", "plan", "--cache", cache, "--roots", HostileText.Text, .. Ledger];
        yield return ["fleet", "status", "--ledger", HostileText.Text];
        yield return ["fleet", "status", "--ledger", $"sqlite:{tree.Root}/{HostileText.Name}"];
        yield return ["fleet", "work", "--cache", cache, "--queue", HostileText.Text, "--until-done", .. Ledger];
        yield return ["fleet", "export", tree.PathOf("exported"), .. Ledger];
    }

    /// <summary>What the export wrote: files of CSV.</summary>
    public IEnumerable<ToolRun> Exported() => Directory.EnumerateFiles(tree.PathOf("exported")).Select(file => new ToolRun(0, File.ReadAllBytes(file), ""));
}
