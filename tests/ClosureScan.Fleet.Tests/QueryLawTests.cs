using System.Collections.Immutable;
using System.Diagnostics;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Fleet.Queries;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Fleet.Tests;

/// <summary>Each question's answer is what counting one by one gives, on ledgers made by chance.</summary>
public sealed class QueryLawTests
{
    private static readonly WorkVersion Version = new("1", "");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_question_is_answered_as_counting_one_by_one_does(int seed)
    {
        using FleetWorld world = new();
        Made made = await MakeAsync(world, seed, pathCount: 120, rootCount: 30, evaluationCount: 4, referencesAPath: 3);
        string[] evaluations = made.Jobs.Keys.ToArray();
        (string before, string after) = (evaluations[^2], evaluations[^1]);

        Assert.Equal(
            made.Found(after).Where(found => found.Row.Target == "bash").GroupBy(found => (found.Row.Target, found.Row.Package, found.Host, found.Row.Rule))
                .Select(group => $"{group.Key.Target}|{group.Key.Package}|{group.Key.Host}|{group.Key.Rule}|{group.Max(found => found.Row.Effect)}|{group.Select(found => found.Job).Distinct().Count()}|{group.Max(found => found.Row.FreedBytes)}").Order(StringComparer.Ordinal),
            (await world.QueryAsync("leaks", new QueryArguments { Target = "ba?h" })).Table.Rows.Select(row => string.Join('|', row.Take(7))).Order(StringComparer.Ordinal));

        Assert.Equal(
            made.Found(after).Where(found => found.Row.Number == 0).GroupBy(found => (found.Row.Package, found.Row.Target, found.Row.Rule))
                .Select(group => $"{group.Key.Package}|{group.Key.Target}|{group.Key.Rule}|{group.Select(found => found.Job).Distinct().Count()}|{group.Sum(found => found.Row.FreedBytes)}").Order(StringComparer.Ordinal),
            (await world.QueryAsync("fixes")).Table.Rows.Select(row => string.Join('|', row.Take(5))).Order(StringComparer.Ordinal));

        Dictionary<(string Job, string Key), string?> was = Worst(made.Found(before));
        Dictionary<(string Job, string Key), string?> now = Worst(made.Found(after));
        Assert.Equal(
            now.Where(item => !was.ContainsKey(item.Key)).Select(item => $"new|{item.Key.Job}|{item.Key.Key}|{item.Value}")
                .Concat(now.Where(item => was.TryGetValue(item.Key, out string? effect) && effect == "bloats" && item.Value == "breaks").Select(item => $"stronger|{item.Key.Job}|{item.Key.Key}|breaks"))
                .Concat(was.Where(item => !now.ContainsKey(item.Key) && made.Jobs[after].ContainsKey(item.Key.Job)).Select(item => $"mended|{item.Key.Job}|{item.Key.Key}|{item.Value}")).Order(StringComparer.Ordinal),
            (await world.QueryAsync("regressions", new QueryArguments { Before = before, Evaluation = after })).Table.Rows.Select(row => string.Join('|', row.Take(4))).Order(StringComparer.Ordinal));

        Assert.Equal(
            now.Keys.Select(item => item.Key).Distinct().Select(key =>
            {
                int first = evaluations.Length - 1;
                while (first > 0 && made.Found(evaluations[first - 1]).Any(found => found.Row.Key == key))
                {
                    first--;
                }

                return $"{key}|{evaluations[first]}|{(first > 0 ? evaluations[first - 1] : "")}";
            }).Order(StringComparer.Ordinal),
            (await world.QueryAsync("first-bad")).Table.Rows.Select(row => string.Join('|', row)).Order(StringComparer.Ordinal));

        QueryTable matrix = (await world.QueryAsync("matrix")).Table;
        Assert.Equal(
            made.Found(after).GroupBy(found => (found.Row.Package, found.Host)).Select(group => $"{group.Key.Package}|{group.Key.Host}|{group.Select(found => found.Job).Distinct().Count()}").Order(StringComparer.Ordinal),
            matrix.Rows.SelectMany(row => row.Skip(1).Select((count, index) => (Count: (long)count!, Text: $"{row[0]}|{matrix.Columns[index + 1].Name}|{count}"))).Where(cell => cell.Count > 0).Select(cell => cell.Text).Order(StringComparer.Ordinal));

        StorePath target = made.Infos[3].Path;
        HashSet<StorePath> holding = [target];
        while (made.Infos.Where(info => info.References!.Value.Any(holding.Contains)).Any(info => holding.Add(info.Path)))
        {
        }

        Assert.Equal(
            made.Infos.Where(info => info.References!.Value.Contains(target)).Select(info => $"direct|{info.Path.BaseName}|{target.BaseName}")
                .Concat(made.Jobs[after].Where(job => holding.Contains(job.Value)).Select(job => $"job|{job.Key}|{job.Value.BaseName}")).Order(StringComparer.Ordinal),
            (await world.QueryAsync("referrers", new QueryArguments { Path = target.BaseName })).Table.Rows.Select(row => string.Join('|', row)).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait(Tier.Name, Tier.Laws)]
    public async Task A_hundred_thousand_paths_and_a_million_references_answer_within_two_seconds()
    {
        using FleetWorld world = new();
        Stopwatch clock = Stopwatch.StartNew();
        Made made = await MakeAsync(world, seed: 7, pathCount: 100_000, rootCount: 1000, evaluationCount: 2, referencesAPath: 10);
        TestContext.Current.TestOutputHelper?.WriteLine($"written: {100_000 / clock.Elapsed.TotalSeconds:0} paths/s");
        foreach (FleetQuery query in FleetQueries.All)
        {
            QueryArguments arguments = new() { Before = made.Jobs.Keys.First(), Path = made.Infos[3].Path.BaseName };

            // The processor's time, not the clock's: others may be using the machine.
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            await world.QueryAsync(query.Name, arguments);
            TimeSpan took = Process.GetCurrentProcess().TotalProcessorTime - before;
            TestContext.Current.TestOutputHelper?.WriteLine($"{query.Name}: {took.TotalSeconds:0.00} s");
            Assert.True(took < TimeSpan.FromSeconds(2), $"{query.Name} took {took.TotalSeconds:0.00} s.");
        }
    }

    [Theory]
    [InlineData("*", "%")]
    [InlineData("ba?h", "ba_h")]
    [InlineData("50%_!", "50!%!_!!")]
    public void A_glob_means_the_same_to_the_database(string glob, string like) => Assert.Equal(like, QueryRunner.Like(glob));

    private static Dictionary<(string Job, string Key), string?> Worst(IEnumerable<Found> found) =>
        found.GroupBy(item => (item.Job, item.Row.Key)).ToDictionary(group => group.Key, group => group.Max(item => item.Row.Effect));

    /// <summary>Paths that refer to earlier ones, and evaluations whose jobs have some of them as roots, with findings by chance.</summary>
    private static async Task<Made> MakeAsync(FleetWorld world, int seed, int pathCount, int rootCount, int evaluationCount, int referencesAPath)
    {
        Random random = new(seed);
        List<PathInfo> infos = [];
        for (int index = 0; index < pathCount; index++)
        {
            byte[] hash = new byte[32];
            random.NextBytes(hash);
            StorePath path = StorePath.Parse($"/nix/store/{new string(random.GetItems(NixBase32.Alphabet.AsSpan(), 32))}-package{index % 97}-1.{index}");
            ImmutableArray<StorePath> references = [.. Enumerable.Range(0, index == 0 ? 0 : referencesAPath).Select(_ => infos[random.Next(infos.Count)].Path).Distinct().Order()];
            infos.Add(new PathInfo { Path = path, NarHash = new NarHash(hash), NarSize = random.Next(1000), References = references });
        }

        await using Ledger ledger = await world.OpenAsync();
        foreach (PathInfo[] batch in infos.Chunk(5000))
        {
            await ledger.Paths.AddAsync([.. batch.Select(info => (info.Path, ImmutableArray.Create(("cache", info))))], CancellationToken.None);
        }

        HashSet<long> members = [.. infos.Select(info => PathId.Of(info.Path))];
        Made made = new(infos);
        string[] hosts = ["aarch64-linux", "armv7l-linux"];
        for (int evaluation = 0; evaluation < evaluationCount; evaluation++)
        {
            string name = $"{100 + evaluation}";
            made.Jobs.Add(name, Enumerable.Range(0, rootCount).Where(_ => random.Next(8) > 0).ToDictionary(job => $"job{job}", _ => infos[random.Next(infos.Count)].Path));
            await ledger.Plans.AddAsync(name, [.. made.Jobs[name].Select(job => new PlannedJob(job.Key, job.Value))], members, Version, 256, retries: false, CancellationToken.None);
        }

        foreach (string shard in await AllShardsAsync(ledger))
        {
            ShardTask task = (await ledger.Shards.BeginAsync(shard, "test", CancellationToken.None))!;
            if (task.Kind == ShardKind.Scan)
            {
                await ledger.Results.CompleteAsync(task, [.. task.Nars.Select(nar => new NarResult(nar, null, null, "armv7l-linux", 1, null))], CancellationToken.None);
                continue;
            }

            RootResult[] results = [.. task.Roots.Select(root => new RootResult(root.Root, root.Host)
            {
                FoundHost = hosts[random.Next(2)],
                Problem = null,
                PathCount = 1,
                ClosureSize = 1,
                Occurrences =
                [
                    .. Enumerable.Range(0, random.Next(6)).SelectMany(finding => Enumerable.Range(0, 1 + random.Next(3)).Select(number =>
                    {
                        string target = random.Next(2) == 0 ? "bash" : "gcc";
                        string package = $"package{random.Next(9)}";
                        return new OccurrenceRow(
                            finding, number, $"rule {package} file{number} {target}", "foreign-reference", random.Next(2) == 0 ? "breaks" : "bloats", random.Next(9) == 0 ? "note" : "error", root.Root, null, package, target, null, null, 1, random.Next(1000), "Mend it.");
                    })),
                ],
            })];
            await ledger.Results.CompleteAsync(task, results, CancellationToken.None);
            foreach (RootResult result in results)
            {
                made.Results.Add(result.Root, result);
            }
        }

        return made;
    }

    private static async Task<List<string>> AllShardsAsync(Ledger ledger)
    {
        List<string> scans = await ledger.Shards.TakeUnpublishedAsync(int.MaxValue, 0, 0, CancellationToken.None);
        return [.. scans, .. await ledger.Database.ReadAsync(transaction => transaction.QueryAsync("SELECT id FROM shard WHERE kind = 1 ORDER BY id", row => row.GetString(0)), CancellationToken.None)];
    }

    private sealed record Found(string Job, string Host, OccurrenceRow Row);

    private sealed record Made(List<PathInfo> Infos)
    {
        public Dictionary<string, Dictionary<string, StorePath>> Jobs { get; } = [];

        public Dictionary<long, RootResult> Results { get; } = [];

        public IEnumerable<Found> Found(string evaluation) =>
            from job in Jobs[evaluation]
            let result = Results[PathId.Of(job.Value)]
            from row in result.Occurrences
            where row.Severity != "note"
            select new Found(job.Key, result.FoundHost!, row);
    }
}
