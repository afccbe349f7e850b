using System.CommandLine;
using ClosureScan.Fleet.Dispatch;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Fleet.Planning;
using ClosureScan.Platforms;
using ClosureScan.Stores;

namespace ClosureScan.Cli.Commands;

/// <summary>The options of the commands below <c>fleet</c>. One instance serves one command.</summary>
internal sealed class FleetOptions
{
    private readonly Option<string?> _ledger = new("--ledger")
    {
        Description = "Where the ledger is: sqlite:FILE or postgres://USER@HOST/DATABASE. Default: CLOSURESCAN_LEDGER.",
        HelpName = "URI",
    };

    private readonly Option<string[]> _caches = new("--cache")
    {
        Description = "A binary cache, or another store that knows hashes and references; several are asked in their order. Default: CLOSURESCAN_CACHE.",
        HelpName = "URI",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _queue = new("--queue")
    {
        Description = "A broker, amqp://USER@HOST, that hands the work to as many workers as there are. Default: CLOSURESCAN_QUEUE, or none: this process works alone.",
        HelpName = "URI",
    };

    private readonly Option<bool> _noCheckSignatures = new("--no-check-sigs") { Description = "Believe what a binary cache behind a network says without a signature." };

    private readonly Option<string[]> _trustedKeys = new("--trusted-key") { Description = "A public key that is trusted beside those of nix.conf.", HelpName = "NAME:BASE64", DefaultValueFactory = _ => [] };

    private readonly Option<string> _roots = new("--roots")
    {
        Description = "What to scan: https://HYDRA/eval/ID, or a file of its builds; a file of store paths, of nix-eval-jobs or of nix build --json; a glob of paths of the cache; or all, which is the default: every path that the cache lists.",
        HelpName = "ROOTS",
        DefaultValueFactory = _ => RootSource.All,
    };

    private readonly Option<string?> _evaluation = new("--evaluation") { Description = "What to call these roots, to ask about them later. Default: the number of Hydra's evaluation, or the name of the file.", HelpName = "NAME" };

    private readonly Option<string?> _host = new("--host") { Description = "The system that all roots are to run on. Default: each root tells.", HelpName = "SYSTEM" };

    private readonly Option<bool> _deep = new("--deep") { Description = "Also look into compressed files, archives and images. What was scanned otherwise is scanned again." };

    private readonly Option<bool> _retry = new("--retry") { Description = "Try again what could not be read." };

    private readonly Option<int> _shard = new("--shard") { Description = $"The most NARs that a worker takes at once. Default: {LedgerPlans.UsualNars}.", HelpName = "N", DefaultValueFactory = _ => LedgerPlans.UsualNars };

    private readonly Option<int> _jobs = new("--jobs", "-j") { Description = "How many NARs are scanned at once. Default: the number of processors.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print nothing but errors." };

    private readonly Option<bool> _noProgress = new("--no-progress") { Description = "No progress line, also on a terminal." };

    public void AddLedgerTo(Command command) => command.Options.Add(_ledger);

    public void AddPlanTo(Command command) => Add(command, _ledger, _caches, _roots, _evaluation, _host, _deep, _retry, _shard, _noCheckSignatures, _trustedKeys, _quiet, _noProgress);

    public void AddWorkTo(Command command) => Add(command, _ledger, _caches, _queue, _jobs, _noCheckSignatures, _trustedKeys, _quiet, _noProgress);

    public void AddRunTo(Command command) => Add(command, _ledger, _caches, _queue, _roots, _evaluation, _host, _deep, _retry, _shard, _jobs, _noCheckSignatures, _trustedKeys, _quiet, _noProgress);

    public Task<Ledger> OpenLedgerAsync(ParseResult result, bool mustExist, CancellationToken cancellationToken) => Ledger.OpenAsync(
        result.GetValue(_ledger) ?? Variable("CLOSURESCAN_LEDGER") ?? throw CommandException.Usage($"No ledger is named: say --ledger sqlite:FILE, or set CLOSURESCAN_LEDGER."), mustExist, cancellationToken);

    /// <summary>The broker's queue; null where this process works alone.</summary>
    public string? ReadQueue(ParseResult result) => result.GetValue(_queue) ?? Variable("CLOSURESCAN_QUEUE");

    public IReadOnlyList<string> ReadCaches(ParseResult result) => result.GetValue(_caches) switch
    {
        { Length: > 0 } caches => caches,
        _ => Variable("CLOSURESCAN_CACHE") is { } variable ? variable.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : throw CommandException.Usage($"No cache is named: say --cache URI, or set CLOSURESCAN_CACHE."),
    };

    public StoreOptions ReadStoreOptions(ParseResult result) => new() { ChecksSignatures = !result.GetValue(_noCheckSignatures), TrustedKeys = [.. result.GetValue(_trustedKeys)!] };

    public string ReadRoots(ParseResult result) => result.GetValue(_roots)!;

    public string? ReadEvaluation(ParseResult result) => result.GetValue(_evaluation);

    public WorkVersion ReadVersion(ParseResult result)
    {
        string? host = result.GetValue(_host);
        return host is null || Platform.TryParse(host, out _)
            ? WorkVersion.Create(result.GetValue(_deep), host)
            : throw CommandException.Usage($"--host {host}: no system that is known. Write it as Nix does, armv7l-linux or aarch64-linux, or as a triple, armv7l-unknown-linux-gnueabihf.");
    }

    public bool ReadRetry(ParseResult result) => result.GetValue(_retry);

    public int ReadShard(ParseResult result) => Limit.Check("--shard", result.GetValue(_shard));

    public int ReadJobs(ParseResult result) => result.GetValue(_jobs) is >= 1 and <= 1024 and int jobs ? jobs
        : throw CommandException.Usage($"--jobs {result.GetValue(_jobs)}: expected a number from 1 to 1024.");

    public bool ReadQuiet(ParseResult result) => result.GetValue(_quiet);

    public bool ReadProgress(ParseResult result) => !result.GetValue(_quiet) && !result.GetValue(_noProgress);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static void Add(Command command, params Option[] options)
    {
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }
}
