using ClosureScan.Paths;

namespace ClosureScan.Stores.Tests;

/// <summary>Short forms for what most tests do.</summary>
internal static class Scanning
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the store <paramref name="uri"/> and scans the closure of <paramref name="roots"/>.</summary>
    public static async Task<ScannedClosure> ScanAsync(string uri, params IEnumerable<string> roots)
    {
        await using IStore store = await Store.OpenAsync(uri, Token);
        return await ClosureScanner.ScanAsync(store, roots.Select(StorePath.Parse), cancellationToken: Token);
    }

    /// <summary>The closure's graph as lines of text: each path and what it refers to.</summary>
    public static string[] Graph(ScannedClosure closure) =>
        [.. closure.Paths.Select(path => $"{path.Info.Path} -> {string.Join(' ', path.Info.References ?? [])}")];

    /// <summary>What was found in each path, as lines of text.</summary>
    public static string[] Found(ScannedClosure closure) =>
        [.. closure.Paths.Select(path => $"{path.Info.Path}: {string.Join(' ', path.Scan!.References.Select(found => $"{found.Target}*{found.Count}"))}")];
}
