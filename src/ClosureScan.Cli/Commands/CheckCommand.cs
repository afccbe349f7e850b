using System.Collections.Immutable;
using System.CommandLine;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports;
using ClosureScan.Cli.Rendering;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan check ROOT...</c>: the gate.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        CommonOptions common = new(["text", .. ReportFormat.All.Select(format => format.Name)]);
        GateOptions gate = new();
        ReportFiles reports = new();
        Command command = new("check", "Scan the closure of ROOT and judge it by a policy: the gate of a pipeline.");
        gate.AddTo(command);
        common.AddTo(command);
        reports.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(common.Read(result), gate.Read(result), reports.Read(result), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CommonSettings settings, GateSettings gate, ImmutableArray<(ReportFormat Format, string File)> reports, CancellationToken cancellationToken)
    {
        Baseline? baseline = gate.BaselineFile is { } file ? Gate.LoadBaseline(file) : null;
        PolicyVerdict verdict = await Gate.JudgeAsync(settings, gate, baseline, cancellationToken).ConfigureAwait(false);
        ReportFiles.Write(reports, verdict);
        ReportOutput.Write(
            settings,
            writer => new VerdictText(verdict, writer).Write(),
            ReportFormat.TryFind(settings.Format, out ReportFormat? format) ? stream => format.Write(verdict, stream, ProgramVersion.Text) : null);
        return Gate.ExitCodeOf(verdict.Outcome);
    }
}
