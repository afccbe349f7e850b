using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Cli.Shell;

namespace ClosureScan.Cli.Commands;

/// <summary>A policy for one closure that passes today: what is found is allowed, with a reason to be filled in; what else can be said stands there as comments.</summary>
internal static class PolicyDraft
{
    /// <summary>The name of the schema that editors read, beside the policy.</summary>
    public const string SchemaFile = "closurescan-policy.schema.json";

    /// <summary>The places that fail without a policy, one for each key.</summary>
    public static IEnumerable<OccurrenceKey> Accepted(ClosureReport report) =>
        report.Findings.Where(finding => finding.Severity != Severity.Note).SelectMany(KeysOf).Distinct();

    /// <summary>What entries say of the places of a finding.</summary>
    public static IEnumerable<OccurrenceKey> KeysOf(Finding finding) =>
        finding.Occurrences.Select(occurrence => occurrence.Key with { File = occurrence.File ?? OccurrenceKey.NoFile, Mechanism = null }).Distinct();

    public static void Write(ClosureReport report, TextWriter writer)
    {
        writer.Write($"# yaml-language-server: $schema={SchemaFile}\n");
        writer.Write("# A policy of closurescan: what check fails on, and what is right as it is. Each allow entry below is a place that was found today:\n"
            + "# say why it is right, or mend it and delete the entry. closurescan policy check reads this file, closurescan help policy init tells every key.\n\n");
        if (report.Host is { } host)
        {
            writer.Write($"host: {host.System}\n");
        }

        if (report.Build is { } build)
        {
            writer.Write($"build: {build.System}\n");
        }

        writer.Write("fail-on: bloats\n");
        OccurrenceKey[] accepted = [.. Accepted(report)];
        if (accepted.Length > 0)
        {
            writer.Write("\nallow:\n");
            foreach (OccurrenceKey key in accepted)
            {
                writer.Write(Entry(key));
            }
        }

        HashSet<string> written = ["host", "build", "fail-on", .. accepted.Length > 0 ? ["allow"] : (string[])[]];
        foreach ((string name, string meaning, string example) in PolicyKeys.All.Where(key => !written.Contains(key.Key)))
        {
            writer.Write($"\n# {meaning}\n# {example.Replace("\n", "\n# ", StringComparison.Ordinal)}\n");
        }
    }

    /// <summary>The lines of an <c>allow</c> entry.</summary>
    public static string Entry(OccurrenceKey key)
    {
        string file = key.File == OccurrenceKey.NoFile ? "" : $"    file: {Quote(key.File)}\n";
        return $"  - rule: {key.Rule}\n    package: {Quote(key.Package)}\n{file}    target: {Quote(key.Target)}\n    reason: \"FILL IN: why this may stay\"\n";
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
