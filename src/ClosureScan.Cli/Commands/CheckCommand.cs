using System.Collections.Immutable;
using System.CommandLine;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Policy;
using ClosureScan.Cli.Rendering;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan check ROOT...</c>: the gate.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        CommonOptions common = new(ReportOption.Formats);
        GateOptions gate = new();
        ReportOption reports = new();
        ViewOptions views = new();
        Command command = new("check", "Scan the closure of ROOT and judge it by a policy: the gate of a pipeline.");
        gate.AddTo(command);
        views.AddTo(command);
        reports.AddTo(command);
        common.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            return RunAsync(settings, gate.Read(result), reports.Read(result, settings), views.Read(result), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommonSettings settings, GateSettings gate, ImmutableArray<ReportFile> reports, Func<ClosureReport, FindingView> view, CancellationToken cancellationToken)
    {
        ReportOutput.Discard(settings, reports);
        Baseline? baseline = Gate.FindBaseline(settings, gate) is { } file ? Gate.LoadBaseline(file) : null;
        PolicyVerdict verdict = await Gate.JudgeAsync(settings, gate, baseline, cancellationToken).ConfigureAwait(false);
        FindingView wanted = view(verdict.Report);
        ReportOutput.Write(settings, writer => new VerdictText(verdict, wanted, writer).Write(), (format, stream) => format.Write(verdict, stream, ProgramVersion.Text), reports);
        return Gate.ExitCodeOf(verdict.Outcome);
    }
}
