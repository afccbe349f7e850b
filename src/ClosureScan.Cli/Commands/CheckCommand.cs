using System.Collections.Immutable;
using System.CommandLine;
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
        Command command = new("check", "Scan the closure of ROOT and judge it by a policy: the gate of a pipeline.");
        gate.AddTo(command);
        common.AddTo(command);
        reports.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            return RunAsync(settings, gate.Read(result), reports.Read(result, settings), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommonSettings settings, GateSettings gate, ImmutableArray<ReportFile> reports, CancellationToken cancellationToken)
    {
        ReportOutput.Discard(settings, reports);
        Baseline? baseline = Gate.FindBaseline(settings, gate) is { } file ? Gate.LoadBaseline(file) : null;
        PolicyVerdict verdict = await Gate.JudgeAsync(settings, gate, baseline, cancellationToken).ConfigureAwait(false);
        ReportOutput.Write(settings, writer => new VerdictText(verdict, writer, gate.FilesShown).Write(), (format, stream) => format.Write(verdict, stream, ProgramVersion.Text), reports);
        return Gate.ExitCodeOf(verdict.Outcome);
    }
}
