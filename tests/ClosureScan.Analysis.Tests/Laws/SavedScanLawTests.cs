using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports;
using ClosureScan.Facts;

namespace ClosureScan.Analysis.Tests.Laws;

/// <summary>A scan that was saved and judged later says, to the byte, what it says when it is judged at once.</summary>
public sealed class SavedScanLawTests
{
    [Fact]
    public Task A_saved_scan_judged_later_is_the_scan_judged_at_once() => RandomGate.ForEach(350, async (gate, random) =>
    {
        ClosureReport report = await gate.AnalyzeAsync();
        using MemoryStream facts = new();
        ClosureFacts.Write(report.Closure, facts, "0.0.0");
        facts.Position = 0;
        ClosureReport later = ClosureAnalyzer.Analyze(ClosureFacts.Read(facts), RandomGate.OnArm);
        ClosurePolicy policy = RandomGate.PolicyOf(report, random);

        Assert.Equal(Write(output => JsonReport.Write(report, output, "0.0.0")), Write(output => JsonReport.Write(later, output, "0.0.0")));
        Assert.All(ReportFormat.All, format => Assert.Equal(
            Write(output => format.Write(PolicyJudge.Judge(report, policy), output, "0.0.0")),
            Write(output => format.Write(PolicyJudge.Judge(later, policy), output, "0.0.0"))));
    });

    private static byte[] Write(Action<Stream> write)
    {
        using MemoryStream output = new();
        write(output);
        return output.ToArray();
    }
}
