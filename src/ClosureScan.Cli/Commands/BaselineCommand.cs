using System.CommandLine;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Baselines;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;
using ClosureScan.Cli.Rendering;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan baseline write|check ROOT...</c>: remembers the findings of today, so that only new ones fail.</summary>
internal static class BaselineCommand
{
    private const string DefaultFile = Baseline.FileName;

    public static Command Create() =>
        new("baseline", "Remember the findings of today, and fail only on new ones.") { CreateWrite(), CreateCheck() };

    private static Command CreateWrite()
    {
        CommonOptions common = new("text");
        GateOptions gate = new();
        Option<bool> force = new("--force") { Description = "Write also when the file is there and findings would be added to it." };
        Command command = new("write", $"Write the findings of the closure of ROOT to the baseline (default {DefaultFile}).") { force };
        gate.AddTo(command);
        common.AddTo(command);
        command.SetAction((result, cancellationToken) =>
            WriteAsync(common.Read(result), gate.Read(result, DefaultFile), result.GetValue(force), cancellationToken));
        return command;
    }

    private static Command CreateCheck()
    {
        CommonOptions common = new("text");
        GateOptions gate = new();
        Option<bool> prune = new("--prune") { Description = "Remove from the baseline what was mended, and lower sizes that shrank. Adds nothing." };
        Command command = new("check", $"Fail on findings that the baseline (default {DefaultFile}) does not have, and tell those that are gone.") { prune };
        ViewOptions views = new();
        gate.AddTo(command);
        views.AddTo(command);
        common.AddTo(command);
        command.SetAction((result, cancellationToken) =>
            CheckAsync(common.Read(result), gate.Read(result, DefaultFile), result.GetValue(prune), views.Read(result), cancellationToken));
        return command;
    }

    private static async Task<int> WriteAsync(CommonSettings settings, GateSettings gate, bool force, CancellationToken cancellationToken)
    {
        ReportOutput.Discard(settings);
        string file = gate.BaselineFile!;
        Baseline? before = File.Exists(file) && !force ? Gate.LoadBaseline(file) : null;
        PolicyVerdict verdict = await Gate.JudgeAsync(settings, gate, before, cancellationToken).ConfigureAwait(false);
        if (verdict.Outcome >= VerdictOutcome.Incomplete)
        {
            ReportOutput.Write(settings, writer => new VerdictText(verdict, new FindingView(), writer).Write(), null);
            return Gate.ExitCodeOf(verdict.Outcome);
        }

        Occurrence[] added = before is null ? [] : [.. verdict.Failing.Concat(verdict.Warned).SelectMany(finding => finding.Occurrences)];
        if (added.Length > 0)
        {
            throw CommandException.Usage(
                $"{file}: {Quantity.Count(added.Length, "occurrence")} would be added to the baseline, {added[0].Key} first. Mend them, or say --force.");
        }

        Baseline baseline = verdict.ToBaseline();
        Save(file, baseline);
        if (!settings.Quiet)
        {
            Console.Error.WriteLine($"{file}: {Quantity.Count(baseline.Entries.Length, "known occurrence")}.");
        }

        return ExitCode.Clean;
    }

    private static async Task<int> CheckAsync(CommonSettings settings, GateSettings gate, bool prune, Func<ClosureReport, FindingView> view, CancellationToken cancellationToken)
    {
        ReportOutput.Discard(settings);
        Baseline baseline = Gate.LoadBaseline(gate.BaselineFile!);
        PolicyVerdict verdict = await Gate.JudgeAsync(settings, gate, baseline, cancellationToken).ConfigureAwait(false);
        FindingView wanted = view(verdict.Report);
        ReportOutput.Write(settings, writer => new VerdictText(verdict, wanted, writer).Write(), null);

        // What an incomplete scan did not see is not mended.
        if (prune && verdict.Outcome < VerdictOutcome.Incomplete)
        {
            Save(gate.BaselineFile!, verdict.Prune(baseline));
        }

        return Gate.ExitCodeOf(verdict.Outcome);
    }

    private static void Save(string file, Baseline baseline) => FileOutput.Write((file, ReportOutput.Text(baseline.Write)));
}
