using System.Text;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports;
using ClosureScan.Analysis.Tests.Policy;
using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Tests.Reports;

/// <summary>Verdicts that show every part of a report.</summary>
internal static class SampleVerdict
{
    private const string Policy = """
        rules:
          foreign-binary: warn
        allow:
          - rule: foreign-reference
            package: curl
            reason: a developer's tool, 100% <wanted>
          - package: crul
            reason: a misspelt one
          - package: kbd
            file: share/**
            reason: it was not mended in time
            expires: 2026-01-31
        forbid:
          - target: "*-gcc-wrapper-*"
            reason: no compiler on the device
        budgets:
          - root: pi-image
            max: 200 MiB
          - root: pi-image
            max: 300 MiB
        """;

    /// <summary>One of everything: failing, known, warned, accepted, forbidden, over the budget, stale.</summary>
    public static PolicyVerdict Full { get; } = JudgeFull();

    public static PolicyVerdict Clean { get; } = Judge(Sample.Paths().Build(), "{}", "");

    /// <summary>The same findings in a scan that could not read a path.</summary>
    public static PolicyVerdict Incomplete { get; } = Judge(Sample.Image1().Problem("/nix/store/x: y", "permission denied\nat byte 12").Build(), "{}", "");

    /// <summary>So many findings that every limit is reached, with names that are hard to write down.</summary>
    public static PolicyVerdict Huge { get; } = Judge(Enumerable.Range(0, 10_000).Aggregate(Sample.Paths(), (report, index) => report.Finding(
        RuleIds.ForeignReference, index % 3 == 0 ? Effect.Breaks : Effect.Bloats, Sample.Curl, Sample.Wrapper, index,
        ($"share/{index}/<a> & \"b\" %:,|`{(char)(index % 32)}\u00e4\ud83d\ude00/" + new string('x', index % 300), Mechanism.Text))).Build(), "{}", "");

    /// <summary><see cref="Full"/>, judged anew.</summary>
    public static PolicyVerdict JudgeFull() => Judge(Sample.Image1().Build(), Policy,
        "foreign-interpreter kbd share/kbd-{version}/notes text bash breaks\nforeign-reference gone bin/x text bash bloats\n");

    public static byte[] Write(string format, PolicyVerdict verdict)
    {
        Assert.True(ReportFormat.TryFind(format, out ReportFormat? found), format);
        using MemoryStream stream = new();
        found.Write(verdict, stream, "1.2.3");
        return stream.ToArray();
    }

    public static string Text(string format, PolicyVerdict verdict) => Encoding.UTF8.GetString(Write(format, verdict));

    private static PolicyVerdict Judge(ClosureReport report, string policy, string baseline) => Sample.Judge(policy, report, new PolicyOptions
    {
        Baseline = Baseline.Read(new StringReader($"{Baseline.Header}\n{baseline}"), "baseline"),
        Clock = new MidYear(),
    });

    private sealed class MidYear : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);
    }
}
