using System.CommandLine;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Policy;
using ClosureScan.Cli.Rendering;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary><c>closurescan policy init|check</c>: a policy to start from, and one judged without a closure.</summary>
internal static class PolicyCommand
{
    public static Command Create() =>
        new("policy", "Write a policy to start from, or look whether one is right.") { CreateInit(), CreateCheck() };

    private static Command CreateInit()
    {
        CommonOptions common = new("text");
        Argument<string[]> roots = new("ROOT") { Description = "The closure it is for, written as for scan, or a scan that was saved with --report facts=FILE.", Arity = ArgumentArity.OneOrMore };
        Option<string> file = new("--policy") { Description = "The file to write.", HelpName = "FILE", DefaultValueFactory = _ => ClosurePolicy.FileName };
        Option<bool> force = new("--force") { Description = "Write also when the file is there." };
        Command command = new("init", $"Write a policy for the closure of ROOT (default {ClosurePolicy.FileName}): its host, what is found today as entries whose reasons are to be filled in, and every other key, explained.")
        {
            roots, file, force,
        };
        common.AddTo(command);
        command.SetAction((result, cancellationToken) => InitAsync(
            common.Read(result), result.GetValue(roots)!, result.GetValue(file)!, result.GetValue(force), cancellationToken));
        return command;
    }

    private static Command CreateCheck()
    {
        Argument<string?> file = new("FILE") { Description = $"The policy. Default: {ClosurePolicy.FileName} in this directory or the nearest one above.", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("check", "Read a policy and tell what is wrong in it, without a closure. Exit code 2: it cannot be used.") { file };
        command.SetAction(result => Check(result.GetValue(file)));
        return command;
    }

    private static async Task<int> InitAsync(CommonSettings settings, string[] roots, string file, bool force, CancellationToken cancellationToken)
    {
        if (File.Exists(file) && !force)
        {
            throw CommandException.Usage($"{file}: there is one already. Say --force to write it anew, or another --policy.");
        }

        ClosureReport report = await ClosureLoader.AnalyzeAsync(settings, roots, ClosureScanOptions.Default, cancellationToken).ConfigureAwait(false);
        UnknownHost.Refuse(report);
        string schema = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, PolicyDraft.SchemaFile);
        FileOutput.Write((file, ReportOutput.Text(writer => PolicyDraft.Write(report, writer))));
        if (!SpecialFile.IsAt(file))
        {
            FileOutput.Write((schema, CopySchema));
        }

        if (!settings.Quiet)
        {
            int entries = PolicyDraft.Accepted(report).Count();
            Console.Error.WriteLine($"{file}: {(entries == 0 ? "nothing to accept" : $"{Quantity.Count(entries, entries == 1 ? "entry" : "entrie")} to give a reason, or to mend")}. Next: closurescan check ROOT --policy {file}");
        }

        return report.Closure.IsComplete ? ExitCode.Clean : ExitCode.Incomplete;
    }

    private static void CopySchema(Stream output)
    {
        using Stream schema = ClosurePolicy.OpenSchema();
        schema.CopyTo(output);
    }

    private static int Check(string? file)
    {
        ClosurePolicy policy = Gate.FindPolicy(file);
        if (policy.File is null)
        {
            throw CommandException.Usage($"There is no {ClosurePolicy.FileName} here or above. closurescan policy init ROOT writes one.");
        }

        DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow);
        AllowEntry[] expired = [.. policy.Allow.Where(entry => entry.IsExpired(today))];
        return TextOutput.Write(output =>
        {
            StyledWriter writer = new(output, Terminal.ForOutput());
            foreach (AllowEntry entry in expired)
            {
                writer.Indent(2).Words($"{policy.File}:{entry.Line}: expired: {entry}", Style.Warning).Line();
            }

            writer.Indent(0).Words($"{policy.File} is a policy:", Style.Good)
                .Words($"{policy.Allow.Length} allowed, {policy.Forbid.Length} forbidden, {Quantity.Count(policy.Budgets.Length, "budget")}, {Quantity.Count(policy.Rules.Count, "rule")} set, host {policy.Host?.System ?? "as the closure tells"}.").Line();
        });
    }
}
