using System.Security.Cryptography;
using System.Text;
using ClosureScan.Fleet.Dispatch;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Fleet.Planning;
using ClosureScan.Fleet.Queries;
using ClosureScan.Fleet.Working;
using ClosureScan.Stores;
using ClosureScan.Testing;

namespace ClosureScan.Fleet.Tests;

/// <summary>A ledger in a folder of its own, and what is done with it in this process.</summary>
internal sealed class FleetWorld : IDisposable
{
    private readonly TemporaryTree _tree = new();

    /// <summary>The ledger; SQLite unless a test says otherwise.</summary>
    public string LedgerUri { get; set; }

    public FleetWorld() => LedgerUri = $"sqlite:{_tree.PathOf("ledger.db")}";

    public string PathOf(string relative) => _tree.PathOf(relative);

    public Task<Ledger> OpenAsync() => Ledger.OpenAsync(LedgerUri, mustExist: false, CancellationToken.None);

    /// <summary>Plans and works until nothing is left.</summary>
    public async Task<PlanResult> RunAsync(string cache, string roots = RootSource.All, string? evaluation = null, bool deep = false, bool retries = false)
    {
        PlanResult plan = await PlanAsync(cache, roots, evaluation, WorkVersion.Create(deep, null), retries);
        await WorkAsync(cache);
        return plan;
    }

    public async Task<PlanResult> PlanAsync(string cache, string roots, string? evaluation, WorkVersion work, bool retries = false)
    {
        await using Ledger ledger = await OpenAsync();
        await using IStore store = await Store.OpenAsync([cache], StoreOptions.Default with { ChecksSignatures = false }, CancellationToken.None);
        EvaluationRoots found = await RootSource.FindAsync(roots, [store], CancellationToken.None);
        return await new Planner(ledger, [store]).PlanAsync(evaluation, found, work, retries, CancellationToken.None);
    }

    public async Task WorkAsync(string cache, WorkerOptions? options = null)
    {
        await using Ledger ledger = await OpenAsync();
        await using StoreSlot stores = new([cache], StoreOptions.Default with { ChecksSignatures = false });
        await using MemoryQueue queue = new();
        using Worker worker = new(ledger, queue, stores, options ?? new WorkerOptions { Jobs = 2, EndsWhenDone = true });
        await worker.RunAsync(CancellationToken.None, CancellationToken.None);
    }

    /// <summary>All that the ledger says, row by row.</summary>
    public async Task<Dictionary<string, List<string>>> ExportAsync()
    {
        await using Ledger ledger = await OpenAsync();
        Dictionary<string, List<string>> tables = [];
        foreach (LedgerTable table in LedgerTable.All)
        {
            List<string> rows = [];
            await LedgerExport.RunAsync(ledger, table, row => rows.Add(string.Join('\t', row)), CancellationToken.None);
            tables.Add(table.Name, rows);
        }

        return tables;
    }

    /// <summary>The SHA-256 over all ordered rows.</summary>
    public async Task<string> DigestAsync() =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', (await ExportAsync()).OrderBy(table => table.Key, StringComparer.Ordinal).SelectMany(table => table.Value.Prepend(table.Key))))));

    public async Task<FleetStatus> StatusAsync()
    {
        await using Ledger ledger = await OpenAsync();
        return await FleetStatus.ReadAsync(ledger, CancellationToken.None);
    }

    public async Task<QueryAnswer> QueryAsync(string name, QueryArguments? arguments = null)
    {
        await using Ledger ledger = await OpenAsync();
        return await QueryRunner.RunAsync(ledger, FleetQueries.Find(name), arguments ?? new QueryArguments(), CancellationToken.None);
    }

    /// <summary>
    /// The call of the tool in another process: the native program where there is one, which starts at once. Else from the tests' folder, with their shared
    /// frameworks, since the build leaves out there what those have, and the tool's own has not.
    /// </summary>
    public static IReadOnlyList<string> Tool { get; } = NativeTool.PathIfAny is { } program ? [program] :
    [
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        "exec",
        "--runtimeconfig",
        Path.Combine(AppContext.BaseDirectory, "ClosureScan.Fleet.Tests.runtimeconfig.json"),
        "--depsfile",
        Path.Combine(AppContext.BaseDirectory, "ClosureScan.Fleet.Tests.deps.json"),
        Path.Combine(AppContext.BaseDirectory, "ClosureScan.Cli.dll"),
    ];

    /// <summary>Runs the tool as another process on this ledger.</summary>
    /// <param name="crash">Where it is to end as by a power cut; null for nowhere.</param>
    /// <param name="arguments">What follows <c>closurescan fleet</c>.</param>
    public ToolRun RunTool(string? crash, params IEnumerable<string> arguments) =>
        ToolRun.Execute(Tool[0], [.. Tool.Skip(1), "fleet", .. arguments], new Dictionary<string, string?> { ["CLOSURESCAN_FLEET_CRASH"] = crash, ["CLOSURESCAN_LEDGER"] = LedgerUri }, Repository.Root);

    public void Dispose() => _tree.Dispose();
}
