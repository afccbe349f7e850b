using System.Collections.Immutable;
using System.CommandLine;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Comparing.Classes;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports;
using ClosureScan.Analysis.Reports.Html;
using ClosureScan.Cli.Rendering;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan compare CROSS NATIVE</c>: how equal a cross-built closure is to the native one, and what differs.</summary>
internal static class CompareCommand
{
    private const int DefaultLimit = 20;
    private static readonly string[] Formats = ["text", "json", "markdown", "sarif", "html"];
    private const string NoLevel = "none";

    public static Command Create()
    {
        Argument<string> cross = new("CROSS") { Description = "The cross-built closure: a store path, a link to one, a base name, the start of a hash, or a glob." };
        Argument<string> native = new("NATIVE") { Description = "The same, for the native closure." };
        Option<string?> crossStore = new("--cross-store") { Description = "Where CROSS lives. Default: --store.", HelpName = "URI" };
        Option<string?> nativeStore = new("--native-store") { Description = "Where NATIVE lives. Default: --store.", HelpName = "URI" };
        Option<string> failOn = new("--fail-on") { Description = "The least level that makes the exit code 1: L1, L2, L3, L4, D or none.", HelpName = "LEVEL", DefaultValueFactory = _ => ComparisonLevel.Different.ToName() };
        failOn.AcceptOnlyFromAmong([.. ComparisonLevels.Values.Skip(1).Select(level => level.ToName()), NoLevel]);
        Option<int> top = new("--top") { Description = $"The most packages of each level to show in the text. Default: {DefaultLimit}.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit };
        Option<string?> manifest = new("--manifest") { Description = "Write the class of every path to FILE: the content-addressed path that Nix would give it. Such a file can be CROSS or NATIVE.", HelpName = "FILE" };
        Option<string> algorithm = new("--class-algorithm")
        {
            Description = "How classes are made: nar-modulo+pos (Nix up to 2.16 and from 2.35 on) or nar-modulo (Nix 2.17 to 2.34, Lix).",
            HelpName = "NAME",
            DefaultValueFactory = _ => ClassAlgorithm.NarModuloWithPositions.ToName(),
        };
        algorithm.AcceptOnlyFromAmong(ClassAlgorithm.NarModuloWithPositions.ToName(), ClassAlgorithm.NarModulo.ToName());
        LogOptions logs = new();
        Option<string?> policy = new("--policy") { Description = "A policy, whose compare section says what each kind of difference is: error, warning, note or off.", HelpName = "FILE" };
        Option<string?> baseline = new("--baseline") { Description = "A manifest of an earlier comparison: packages that are no less equal than then do not fail.", HelpName = "FILE" };
        CommonOptions common = new(Formats);
        ReportOption reports = new(Formats);
        Command command = new("compare", "Show how equal a cross-built closure is to the native one once store hashes are mapped, and what differs.")
        {
            cross, native, crossStore, nativeStore, failOn, policy, baseline, manifest, algorithm, top,
        };
        logs.AddTo(command);
        common.AddForReadingTo(command);
        reports.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            int limit = Limit.Check("--top", result.GetValue(top));
            ImmutableArray<ReportFile> files = reports.Read(result, settings);
            ReportOutput.Discard(settings, files);
            ComparisonJudge judge = new(
                ComparisonLevels.TryParse(result.GetValue(failOn), out ComparisonLevel least) ? least : null,
                result.GetValue(policy) is { } policyFile ? Gate.FindPolicy(policyFile) : null,
                result.GetValue(baseline) is { } baselineFile ? ComparedRoot.ReadManifest(baselineFile) : null);
            await using ComparedRoot left = await ComparedRoot.OpenAsync(result.GetValue(crossStore), result.GetValue(cross)!, settings, classes => classes.Cross, cancellationToken).ConfigureAwait(false);
            await using ComparedRoot right = await ComparedRoot.OpenAsync(result.GetValue(nativeStore), result.GetValue(native)!, settings, classes => classes.Native, cancellationToken).ConfigureAwait(false);
            (ComparedClosure one, ComparedClosure other) = (left.Closure, right.Closure);
            ComparisonOptions options = logs.Read(result, one, other, cancellationToken) with { Jobs = settings.Jobs };
            ClosureComparison comparison = await RunAsync(one, other, options, settings, cancellationToken).ConfigureAwait(false);
            if (result.GetValue(manifest) is { } file)
            {
                ClassAlgorithm chosen = ClassAlgorithms.TryParse(result.GetValue(algorithm), out ClassAlgorithm known) ? known : default;
                ClosureClasses classes = await ClosureClasses.FindAsync(comparison, chosen, cancellationToken).ConfigureAwait(false);
                FileOutput.Write((file, stream => ClassesJson.Write(classes, stream, ProgramVersion.Text)));
            }

            return Report(settings, comparison, limit, judge, !logs.AreGiven(result), files);
        });
        return command;
    }

    private static async Task<ClosureComparison> RunAsync(
        ComparedClosure cross, ComparedClosure native, ComparisonOptions options, CommonSettings settings, CancellationToken cancellationToken)
    {
        using ProgressLine line = new(!settings.Quiet && !settings.NoProgress);
        return await ClosureComparison.RunAsync(cross, native, options, new Reporter(line), cancellationToken).ConfigureAwait(false);
    }

    private static int Report(CommonSettings settings, ClosureComparison comparison, int limit, ComparisonJudge judge, bool hintsAtLogs, ImmutableArray<ReportFile> files)
    {
        ReportOutput.Write(
            settings,
            writer => new CompareText(comparison, writer).Write(limit, hintsAtLogs),
            format => format switch
            {
                "json" => stream => CompareJson.Write(comparison, stream, ProgramVersion.Text),
                "sarif" => stream => CompareSarif.Write(comparison, judge, stream, ProgramVersion.Text),
                "markdown" => stream => CompareMarkdown.Write(comparison, stream),
                "html" => stream => HtmlPage.Write(comparison, stream, ProgramVersion.Text),
                _ => null,
            },
            files);
        return !comparison.IsComplete ? ExitCode.Incomplete
            : judge.Failing(comparison).Length > 0 ? ExitCode.Findings
            : ExitCode.Clean;
    }

    private sealed class Reporter(ProgressLine line) : IProgress<ComparisonProgress>
    {
        public void Report(ComparisonProgress value) => line.Report(value.PathsDone, value.PathsTotal, 0, value.CurrentPath.Name);
    }
}
