using ClosureScan;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Stores;

await using IStore store = await Store.OpenAsync(args is [var uri, ..] ? uri : "samples/leaky-cache");
var roots = await StorePathResolver.ResolveAsync(store, args is [_, var root] ? root : "*-pi-image-*");
LeakReport report = LeakAnalyzer.Analyze(await ClosureScanner.ScanAsync(store, roots));
foreach (Leak leak in report.Leaks)
    Console.WriteLine($"{leak.From.Name} -> {leak.To.Name} ({leak.Effect}): {leak.Fix}");
