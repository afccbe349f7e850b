using System.Diagnostics;
using System.Net;
using ClosureScan.Benchmarks.Closures;
using ClosureScan.Paths;
using ClosureScan.Stores;
using ClosureScan.Stores.Caching;
using ClosureScan.Stores.Daemon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClosureScan.Benchmarks.Stores;

/// <summary>Stores behind a network or a daemon beside what they could be at best, and beside a real Nix, in one run.</summary>
internal static class StoreComparison
{
    private const int Layers = 20;
    private const int Width = 100;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync()
    {
        TargetTable table = new();
        string folder = Directory.CreateTempSubdirectory("closurescan-bench-").FullName;
        try
        {
            StorePath small = LayeredCache.Write(Path.Combine(folder, "small"), Layers, Width, 100);
            StorePath large = LayeredCache.Write(Path.Combine(folder, "large"), 4, 50, 2 << 20);
            await using WebApplication late = await ServeAsync(Path.Combine(folder, "small"), Latency);
            await using WebApplication quick = await ServeAsync(Path.Combine(folder, "large"), TimeSpan.Zero);

            foreach (int connections in (int[])[25, 100])
            {
                TimeSpan walk = await BestAsync(3, () => ScanAsync($"{late.Urls.First()}?http-connections={connections}", small, metadataOnly: true));
                TimeSpan rounds = Latency * Math.Max(Layers + 2, ((Layers * Width) + 2) / connections);
                table.Add($"{(Layers * Width) + 1} narinfos at {Latency.TotalMilliseconds} ms, {connections} at once", "within 1.5 x the round trips it takes", $"{walk.TotalSeconds:0.00} s; {rounds.TotalSeconds:0.00} s", walk <= 1.5 * rounds);
                if (connections == 25 && Nix(folder, late.Urls.First(), small) is { } nix)
                {
                    table.Add("the same by nix path-info -r --json, cold", 1, "its speed", $"{nix.TotalSeconds:0.00} s", nix / walk);
                }
            }

            TimeSpan fromFolder = await BestAsync(3, () => ScanAsync(Path.Combine(folder, "large"), large, metadataOnly: false));
            TimeSpan fromServer = await BestAsync(3, () => ScanAsync(quick.Urls.First(), large, metadataOnly: false));
            table.Add("scan of a cache behind a server on loopback, 201 paths, 402 MiB", 0.9, "the folder's speed", $"{fromServer.TotalSeconds:0.00} s; {fromFolder.TotalSeconds:0.00} s", fromFolder / fromServer);
            TimeSpan bare = await BestAsync(3, () => FetchAllAsync(quick.Urls.First(), Path.Combine(folder, "large")));
            table.Add("the same, beside fetching the files with two bare clients and hashing them", 0.9, "its speed", $"{fromServer.TotalSeconds:0.00} s; {bare.TotalSeconds:0.00} s", bare / fromServer);
            await MeasureCacheAsync(table, quick.Urls.First(), large, Path.Combine(folder, "facts.sqlite"));
            MeasureDaemon(table);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Console.WriteLine(table);
        return 0;
    }

    private static async Task MeasureCacheAsync(TargetTable table, string uri, StorePath root, string file)
    {
        async Task<TimeSpan> ScanAsync()
        {
            long began = Stopwatch.GetTimestamp();
            using FactsCache cache = FactsCache.Open(file);
            await using IStore store = await Store.OpenAsync([uri], new StoreOptions { ChecksSignatures = false });
            await ClosureScanner.ScanAsync(store, [root], new ClosureScanOptions { Cache = cache });
            return Stopwatch.GetElapsedTime(began);
        }

        TimeSpan first = await ScanAsync();
        TimeSpan second = await BestAsync(3, ScanAsync);
        table.Add("a second scan of that cache, with what the first found", "0.1 of the first", $"{second.TotalSeconds:0.000} s; {first.TotalSeconds:0.00} s", second <= 0.1 * first);
    }

    private static void MeasureDaemon(TargetTable table)
    {
        const int Questions = 20_000;
        string socket = DaemonStore.DefaultSocketPath("/nix/var/nix");
        if (!File.Exists(socket))
        {
            table.Skip("daemon, questions about paths", $"no daemon at {socket}");
            return;
        }

        using WorkerConnection connection = WorkerConnection.Open(UnixSocketPeer.Connect(socket), new StorePathPool(StorePath.DefaultStoreDirectory), "daemon");
        List<StorePath> paths = connection.List();
        StorePath[] asked = [.. Enumerable.Range(0, Questions).Select(index => paths[index % paths.Count])];
        connection.Find(asked);
        long began = Stopwatch.GetTimestamp();
        connection.Find(asked);
        double rate = Questions / Stopwatch.GetElapsedTime(began).TotalSeconds;
        table.Add("daemon, questions about paths", "25,000 a second", $"{rate:0} a second", rate >= 25_000);
    }

    private static async Task FetchAllAsync(string uri, string folder)
    {
        using HttpClient client = new();
        ParallelOptions two = new() { MaxDegreeOfParallelism = 2 };
        await Parallel.ForEachAsync(Directory.GetFiles(Path.Combine(folder, "nar")), two, async (file, stop) =>
        {
            await using Stream stream = await client.GetStreamAsync(new Uri($"{uri}/nar/{Path.GetFileName(file)}"), stop);
            await System.Security.Cryptography.SHA256.HashDataAsync(stream, stop);
        });
    }

    private static async Task ScanAsync(string uri, StorePath root, bool metadataOnly)
    {
        await using IStore store = await Store.OpenAsync([uri], new StoreOptions { ChecksSignatures = false });
        ScannedClosure closure = await ClosureScanner.ScanAsync(store, [root], new ClosureScanOptions { MetadataOnly = metadataOnly });
        if (!closure.IsComplete || closure.Paths.Length < 201)
        {
            throw new InvalidOperationException($"{closure.Paths.Length} paths, {closure.Problems.FirstOrDefault()}");
        }
    }

    private static async Task<TimeSpan> BestAsync(int times, Func<Task> run)
    {
        TimeSpan best = TimeSpan.MaxValue;
        for (int time = 0; time < times; time++)
        {
            long began = Stopwatch.GetTimestamp();
            await run();
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, Stopwatch.GetElapsedTime(began).Ticks));
        }

        return best;
    }

    private static TimeSpan? Nix(string folder, string uri, StorePath root)
    {
        ProcessStartInfo start = new("nix", ["--extra-experimental-features", "nix-command", "path-info", "--store", uri, "-r", "--json", root.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(folder, "nix-cache");
        try
        {
            long began = Stopwatch.GetTimestamp();
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            int length = process.StandardOutput.ReadToEnd().Length;
            process.WaitForExit();
            return process.ExitCode == 0 && length > 0 ? Stopwatch.GetElapsedTime(began) : throw new InvalidOperationException(error.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static async Task<WebApplication> ServeAsync(string folder, TimeSpan latency)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        WebApplication application = builder.Build();
        application.Run(async context =>
        {
            await Task.Delay(latency);
            string file = Path.Combine(folder, context.Request.Path.Value!.TrimStart('/'));
            if (!File.Exists(file))
            {
                context.Response.StatusCode = 404;
                return;
            }

            context.Response.ContentLength = new FileInfo(file).Length;
            await context.Response.SendFileAsync(file);
        });
        await application.StartAsync();
        return application;
    }
}
