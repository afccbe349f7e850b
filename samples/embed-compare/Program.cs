using ClosureScan;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Stores;

await using IStore cross = await Store.OpenAsync("samples/cross-native/cross");
await using IStore native = await Store.OpenAsync("samples/cross-native/native");
ClosureComparison comparison = await ClosureComparison.RunAsync(await LoadAsync(cross), await LoadAsync(native));
foreach (PathPair pair in comparison.Pairs)
{
    Console.WriteLine($"{pair.Level.ToName()} {pair.Native.Name}");
    foreach (Difference found in pair.Differences)
        Console.WriteLine($"   {found.Kind.ToName()} {found.File} {found.Subject}: {found.Cross} | {found.Native}");
}

static async Task<ComparedClosure> LoadAsync(IStore store) => ComparedClosure.Of(
    store, await ClosureScanner.ScanAsync(store, await StorePathResolver.ResolveAsync(store, "*-tally-tools-*"), new() { MetadataOnly = true }));
