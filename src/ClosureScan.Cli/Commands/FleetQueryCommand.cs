using System.CommandLine;
using ClosureScan.Cli.Rendering;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Fleet.Queries;

namespace ClosureScan.Cli.Commands;

/// <summary><c>fleet query NAME</c>: the questions that a ledger answers; <c>regressions</c> is the gate of a jobset.</summary>
internal static class FleetQueryCommand
{
    public static Command Create()
    {
        FleetOptions options = new();
        Argument<string> name = new("QUESTION") { HelpName = "QUESTION", Description = "One of these. " + string.Join(' ', FleetQueries.All.Select(query => $"{query.Name}: {query.Question}")) };
        name.AcceptOnlyFromAmong([.. FleetQueries.All.Select(query => query.Name)]);
        Argument<string[]> about = new("ABOUT") { Description = "For regressions: the earlier evaluation and the later one. For referrers: a package, or a glob of store paths.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> evaluation = new("--evaluation") { Description = "The evaluation that is asked about. Default: the latest.", HelpName = "NAME" };
        Option<string> target = new("--target") { Description = "Only what refers to packages that the glob names.", HelpName = "GLOB", DefaultValueFactory = _ => "*" };
        Option<string> package = new("--package") { Description = "Only what packages that the glob names refer to.", HelpName = "GLOB", DefaultValueFactory = _ => "*" };
        Option<int?> limit = new("--top") { Description = "The most rows. Default: all.", HelpName = "N" };
        Option<string> format = new("--format") { Description = "What to print: text, json, csv, markdown or html.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "csv", "markdown", "html");
        Option<string?> output = new("--output", "-o") { Description = "Write the answer to FILE instead.", HelpName = "FILE" };
        Option<string> failOn = new("--fail-on") { Description = "For regressions, the least effect that makes the exit code 1: breaks, bloats or none.", HelpName = "EFFECT", DefaultValueFactory = _ => "bloats" };
        failOn.AcceptOnlyFromAmong("breaks", "bloats", "none");
        Option<bool> showSql = new("--show-sql") { Description = "Print the SQL that answers, and ask nothing." };
        Command command = new("query", "Ask the ledger.") { name, about, evaluation, target, package, limit, format, output, failOn, showSql };
        options.AddLedgerTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            FleetQuery query = FleetQueries.Find(result.GetValue(name)!);
            if (result.GetValue(showSql))
            {
                return TextOutput.Write(writer => writer.Write(query.Sql + "\n"));
            }

            QueryArguments arguments = Read(query, result.GetValue(about)!) with { Target = result.GetValue(target)!, Package = result.GetValue(package)!, Limit = result.GetValue(limit) is { } most ? Limit.Check("--top", most) : long.MaxValue };
            arguments = arguments with { Evaluation = arguments.Evaluation ?? result.GetValue(evaluation) };
            await using Ledger ledger = await options.OpenLedgerAsync(result, mustExist: true, cancellationToken).ConfigureAwait(false);
            QueryAnswer answer = await QueryRunner.RunAsync(ledger, query, arguments, cancellationToken).ConfigureAwait(false);
            Write(query, answer, result.GetValue(format)!, result.GetValue(output));
            return ExitCodeOf(query, answer, result.GetValue(failOn)!);
        });
        return command;
    }

    private static QueryArguments Read(FleetQuery query, string[] about) => (query, about) switch
    {
        ({ ComparesEvaluations: true }, [var before, var after]) => new QueryArguments { Before = before, Evaluation = after },
        ({ ComparesEvaluations: true }, _) => throw CommandException.Usage($"{query.Name} compares two evaluations: closurescan fleet query {query.Name} BEFORE AFTER."),
        ({ NeedsPath: true }, [var path]) => new QueryArguments { Path = path },
        ({ NeedsPath: true }, _) => throw CommandException.Usage($"{query.Name} asks about a package or paths: closurescan fleet query {query.Name} GLOB."),
        (_, []) => new QueryArguments(),
        _ => throw CommandException.Usage($"{query.Name} takes no argument; --target and --package narrow it."),
    };

    private static void Write(FleetQuery query, QueryAnswer answer, string format, string? file)
    {
        Action<Stream> write = format switch
        {
            "json" => stream => QueryFormats.WriteJson(query, answer, stream, ProgramVersion.Text),
            "csv" => ReportOutput.Text(writer => QueryFormats.WriteCsv(answer.Table, writer)),
            "markdown" => ReportOutput.Text(writer => QueryFormats.WriteMarkdown(query, answer, writer)),
            "html" => ReportOutput.Text(writer => QueryFormats.WriteHtml(query, answer, writer)),
            _ => ReportOutput.Text(writer => FleetText.Write(query, answer, new StyledWriter(writer, file is null ? Terminal.ForOutput() : new Terminal(Color: false, Terminal.DefaultWidth)))),
        };
        if (file is not null)
        {
            FileOutput.Write((file, write));
            return;
        }

        StandardOutput.WriteWhileRead(() =>
        {
            using Stream output = StandardOutput.Open();
            using BufferedStream buffered = new(output, 64 * 1024);
            write(buffered);
        });
    }

    /// <summary>As everywhere: what is not known outranks what is wrong. Only a comparison judges.</summary>
    private static int ExitCodeOf(FleetQuery query, QueryAnswer answer, string failOn) =>
        !query.ComparesEvaluations ? ExitCode.Clean
        : answer.IncompleteCount > 0 ? ExitCode.Incomplete
        : failOn != "none" && answer.Table.Rows.Any(row => (string)row[0]! != "mended" && (failOn == "bloats" || (string)row[3]! == failOn)) ? ExitCode.Findings
        : ExitCode.Clean;
}
