using ClosureScan.Analysis;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Cli.Explorer;
using ClosureScan.Stores;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Explorer;

/// <summary>An explorer of the sample, without a terminal: keys go in, text comes out.</summary>
internal sealed class SampleExplorer
{
    private static readonly Lazy<Task<ClosureReport>> Leaky = new(() => ScanAsync("samples/leaky-cache"));
    private static readonly Lazy<Task<ClosureReport>> Mended = new(() => ScanAsync("samples/fixed-cache"));

    private SampleExplorer(ClosureReport report, ClosureDiff? diff)
    {
        ClosureView view = new(report, diff);
        view.Wait();
        Explorer = new ClosureExplorer(view, "./result");
    }

    public ClosureExplorer Explorer { get; }

    public static async Task<SampleExplorer> BeginAsync(bool isMended = false)
    {
        ClosureReport report = await Leaky.Value;
        return isMended
            ? new SampleExplorer(await Mended.Value, ClosureDiff.Compare(ClosureSnapshot.Of(report), ClosureSnapshot.Of(await Mended.Value)))
            : new SampleExplorer(report, null);
    }

    /// <summary>Presses keys: letters as they are, <c>\n</c> Enter, <c>\t</c> Tab, <c>\e</c> Escape.</summary>
    public SampleExplorer Press(string keys)
    {
        foreach (char key in keys)
        {
            Explorer.Handle(ExplorerKey.Of(key));
        }

        return this;
    }

    public SampleExplorer Press(ConsoleKey key)
    {
        Explorer.Handle(new ExplorerKey(key));
        return this;
    }

    public string Screen(int width = 80, int height = 24) => ExplorerDrawing.Draw(Explorer, width, height).ToText();

    private static async Task<ClosureReport> ScanAsync(string store)
    {
        await using IStore opened = await Store.OpenAsync(Repository.PathOf(store));
        return await Closure.ScanAsync(opened, LeakyCache.RootName);
    }
}
