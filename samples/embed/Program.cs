using ClosureScan;
using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Stores;

await using IStore store = await Store.OpenAsync(args is [var uri, ..] ? uri : "samples/leaky-cache");
ClosureReport report = await Closure.ScanAsync(store, args is [_, var root] ? root : "*-pi-image-*");
foreach (Finding finding in report.Findings)
    foreach (Occurrence place in finding.Occurrences)
        Console.WriteLine($"{place.File}:{place.Line} {place.Effect} {finding.From.Name} -> {finding.To?.Name}: {place.Fix}");
