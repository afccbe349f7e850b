using System.Collections.Immutable;
using System.CommandLine;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Analysis.Reports;
using ClosureScan.Cli.Rendering;
using ClosureScan.Media;
using ClosureScan.Paths;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan what-if ROOT... --drop SPEC --split PATH:FILES</c>: what the closure would be after some edits.</summary>
internal static class WhatIfCommand
{
    public static Command Create()
    {
        Argument<string[]> roots = new("ROOT") { Description = "Store paths, links to them (./result), base names, starts of hashes or globs; or a file that scan wrote with --report facts=FILE or --format json.", Arity = ArgumentArity.OneOrMore };
        Option<string[]> drops = new("--drop")
        {
            Description = "What is taken out: PATH (whole paths), FROM->TO (references), PATH:FILES (all references in files), or findings by their numbers (1,2) or key. Paths are written like ROOT or as a report prints them, files as a glob; may be repeated.",
            HelpName = "SPEC",
        };
        Option<string[]> splits = new("--split")
        {
            Description = "Files that move out of a path, PATH:FILES, into a new output that nothing refers to; may be repeated.",
            HelpName = "SPEC",
        };
        CommonOptions common = new("text", "json");
        Command command = new("what-if", "Try edits without making them: what would leave the closure, and which leaks would remain.") { roots, drops, splits };
        common.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(
            common.Read(result), result.GetValue(roots)!, result.GetValue(drops) ?? [], result.GetValue(splits) ?? [], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommonSettings settings, string[] roots, string[] drops, string[] splits, CancellationToken cancellationToken)
    {
        if (drops.Length + splits.Length == 0)
        {
            throw CommandException.Usage($"There is nothing to try: give --drop or --split.");
        }

        ClosureReport leaks = await ClosureLoader.AnalyzeAsync(settings, roots, ClosureScanOptions.Default, cancellationToken).ConfigureAwait(false);
        ScannedClosure closure = leaks.Closure;
        WhatIfReport report = EditTrial.Run(leaks, [.. drops.SelectMany(spec => ReadDrop(leaks, spec)), .. splits.Select(spec => ReadSplit(closure, spec))]);
        if (!report.Unmatched.IsEmpty)
        {
            throw new CommandException(ExitCode.Nothing, MessageText.Lines(report.Unmatched.Select(edit => edit.Files is null
                ? $"\"{edit.Text}\" matches no reference of the closure."
                : $"\"{edit.Text}\" matches no file that the scan tells of." + (leaks.IsSaved ? " A saved report tells the files of findings alone." : ""))));
        }

        ReportOutput.Write(
            settings,
            writer => new WhatIfText(leaks, report, writer).Write(),
            settings.Format == "json" ? stream => WhatIfJson.Write(leaks, report, stream, ProgramVersion.Text) : null);
        return closure.IsComplete ? ExitCode.Clean : ExitCode.Incomplete;
    }

    private static IEnumerable<ProposedEdit> ReadDrop(ClosureReport leaks, string spec)
    {
        if (ReportWords.IsOfFindings(spec))
        {
            return ReportWords.RequireFindings(leaks, "--drop", spec).SelectMany(finding => Mend(finding, spec));
        }

        ScannedClosure closure = leaks.Closure;
        return
        [
            ReportWords.TrySplitArrow(spec, out string from, out string to) ? ProposedEdit.DropReferences(spec, Resolve(closure, spec, from), Resolve(closure, spec, to))
                : spec.Contains(':', StringComparison.Ordinal) ? ReadFiles(closure, spec, "--drop", ProposedEdit.DropFiles)
                : ProposedEdit.DropPaths(spec, Resolve(closure, spec, spec)),
        ];
    }

    /// <summary>The edit that ends a finding, or, where the word is the key of one place, that place.</summary>
    private static IEnumerable<ProposedEdit> Mend(Finding finding, string spec)
    {
        Occurrence[] places = [.. finding.Occurrences.Where(occurrence => ReportWords.IsKeyOf(occurrence, spec))];
        return places.Length == 0 && finding.To is { } to
            ? [ProposedEdit.DropReferences(spec, [finding.From], [to])]
            : (places.Length > 0 ? places : [.. finding.Occurrences]).Where(occurrence => !string.IsNullOrEmpty(occurrence.File))
                .Select(occurrence => ProposedEdit.DropFiles(spec, [finding.From], GlobPattern.Parse(occurrence.File!)));
    }

    private static ProposedEdit ReadSplit(ScannedClosure closure, string spec) => ReadFiles(closure, spec, "--split", ProposedEdit.SplitFiles);

    private static ProposedEdit ReadFiles(
        ScannedClosure closure, string spec, string option, Func<string, IEnumerable<StorePath>, GlobPattern, ProposedEdit> create)
    {
        int colon = spec.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && GlobPattern.TryParse(spec[(colon + 1)..], out GlobPattern? files)
            ? create(spec, Resolve(closure, spec, spec[..colon]), files)
            : throw CommandException.Usage($"{option} {spec}: expected PATH:FILES, such as '*-curl-*:bin/*'.");
    }

    private static ImmutableArray<StorePath> Resolve(ScannedClosure closure, string spec, string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw CommandException.Usage($"\"{spec}\" names no path on one side of {ReportWords.TypedArrow}.");
        }

        return StorePathResolver.ResolveAmong(closure, path.Trim()) is { IsEmpty: false } paths
            ? paths
            : throw new CommandException(ExitCode.Nothing, $"\"{spec}\": \"{path}\" matches nothing in the closure; closurescan size lists what is in it.");
    }
}
