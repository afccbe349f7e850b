using System.CommandLine;
using ClosureScan.Cli.Rendering;
using ClosureScan.Fleet.Dispatch;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Fleet.Planning;
using ClosureScan.Fleet.Queries;
using ClosureScan.Fleet.Working;
using ClosureScan.Media;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary><c>fleet plan</c>, <c>fleet work</c>, and <c>fleet run</c>, which is both until nothing is left.</summary>
internal static class FleetRunCommand
{
    /// <summary>How long a worker that is asked to end may take for what it began: a shard is a minute's work.</summary>
    private static readonly TimeSpan DrainPatience = TimeSpan.FromMinutes(5);

    public static Command CreateRun()
    {
        FleetOptions options = new();
        Command command = new("run", "Plan, and work until nothing is left. A second run on the same ledger goes on where the first ended, and scans only what is new.");
        options.AddRunTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            await using Ledger ledger = await options.OpenLedgerAsync(result, mustExist: false, cancellationToken).ConfigureAwait(false);
            bool isWhole = await PlanAsync(ledger, options, result, cancellationToken).ConfigureAwait(false);
            await WorkAsync(ledger, options, result, endsWhenDone: true, cancellationToken).ConfigureAwait(false);
            return await SummarizeAsync(ledger, options.ReadQuiet(result), isWhole, cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    public static Command CreatePlan()
    {
        FleetOptions options = new();
        Command command = new("plan", "Bring what the roots refer to into the ledger, and plan what is new: workers do it. Planning twice adds nothing.");
        options.AddPlanTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            await using Ledger ledger = await options.OpenLedgerAsync(result, mustExist: false, cancellationToken).ConfigureAwait(false);
            return await PlanAsync(ledger, options, result, cancellationToken).ConfigureAwait(false) ? ExitCode.Clean : ExitCode.Incomplete;
        });
        return command;
    }

    public static Command CreateWork()
    {
        FleetOptions options = new();
        Option<bool> untilDone = new("--until-done") { Description = "End when nothing is left, instead of waiting for more." };
        Command command = new("work", "Do what was planned, beside other workers where --queue names a broker. A worker that is asked to end does what it began first.") { untilDone };
        options.AddWorkTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            await using Ledger ledger = await options.OpenLedgerAsync(result, mustExist: true, cancellationToken).ConfigureAwait(false);
            await WorkAsync(ledger, options, result, result.GetValue(untilDone), cancellationToken).ConfigureAwait(false);
            return ExitCode.Clean;
        });
        return command;
    }

    /// <returns>Whether every root has a path.</returns>
    private static async Task<bool> PlanAsync(Ledger ledger, FleetOptions options, ParseResult result, CancellationToken cancellationToken)
    {
        List<IStore> caches = [];
        try
        {
            foreach (string uri in options.ReadCaches(result))
            {
                caches.Add(await Store.OpenAsync([uri], options.ReadStoreOptions(result), cancellationToken).ConfigureAwait(false));
            }

            // Of globs and names the first cache that can be listed tells.
            EvaluationRoots roots = await RootSource.FindAsync(options.ReadRoots(result), caches, cancellationToken).ConfigureAwait(false);
            foreach (ScanProblem problem in roots.Problems)
            {
                ErrorText.Write($"{problem}");
            }

            PlanResult plan;
            using (ProgressLine line = new(options.ReadProgress(result)))
            {
                Planner planner = new(ledger, caches, new Progress(count => line.Report(count, count, 0, "planning"))) { MostNars = options.ReadShard(result) };
                plan = await planner.PlanAsync(options.ReadEvaluation(result), roots, options.ReadVersion(result), options.ReadRetry(result), cancellationToken).ConfigureAwait(false);
            }

            if (!options.ReadQuiet(result))
            {
                ErrorText.Write(
                    $"{Quantity.Count(plan.JobCount, "root")} planned: {Quantity.Count(plan.NarCount, "NAR")} to scan ({Plain(plan.ByteCount)}), {Quantity.Count(plan.RootCount, "root")} to judge, in {Quantity.Count(plan.ShardCount, "shard")}");
            }

            return roots.Problems.IsEmpty;
        }
        finally
        {
            foreach (IStore cache in caches)
            {
                await cache.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task WorkAsync(Ledger ledger, FleetOptions options, ParseResult result, bool endsWhenDone, CancellationToken cancellationToken)
    {
        Interruption.Patience = DrainPatience;
        string? broker = options.ReadQueue(result);
        await using IAsyncDisposable? alone = broker is null ? await ledger.Database.LockAsync(cancellationToken).ConfigureAwait(false) : null;
        await using IShardQueue queue = broker is null
            ? new MemoryQueue()
            : new RabbitQueue(broker, await ledger.GetNameAsync(cancellationToken).ConfigureAwait(false), Worker.ShardsAtOnce);
        await using StoreSlot stores = new(options.ReadCaches(result), options.ReadStoreOptions(result));
        using ProgressLine line = new(options.ReadProgress(result));
        using Worker worker = new(ledger, queue, stores, new WorkerOptions { Jobs = options.ReadJobs(result), EndsWhenDone = endsWhenDone }, new Progress(count => line.Report(count, count, 0, "scanning")));

        // Asked to end, it takes nothing more, and ends what it has; what it cannot end another does.
        await worker.RunAsync(cancellationToken, CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static async Task<int> SummarizeAsync(Ledger ledger, bool quiet, bool isWhole, CancellationToken cancellationToken)
    {
        FleetStatus status = await FleetStatus.ReadAsync(ledger, cancellationToken).ConfigureAwait(false);
        if (!quiet)
        {
            StandardOutput.WriteWhileRead(() => TextOutput.Write(writer => FleetText.Write(status, new StyledWriter(writer, Terminal.ForOutput()))));
        }

        return isWhole && status.IsWhole ? ExitCode.Clean : ExitCode.Incomplete;
    }

    private static string Plain(long bytes) => Quantity.Bytes(bytes).Replace(StyledWriter.FixedBlank, ' ');

    private sealed class Progress(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
