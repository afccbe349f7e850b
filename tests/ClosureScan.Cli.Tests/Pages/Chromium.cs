using ClosureScan.Testing;
using PuppeteerSharp;
using PuppeteerSharp.Media;

namespace ClosureScan.Cli.Tests.Pages;

/// <summary>The Chromium of this machine without a window, started when the first test asks for it. Use it as a class fixture.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private readonly SemaphoreSlim _start = new(1, 1);
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Opens a file in a window of that size; skips the test where there is no Chromium.</summary>
    internal async Task<OpenPage> OpenAsync(string file, int width = 1280, int height = 900, bool isDark = false, bool runsScripts = true)
    {
        IPage page = await (await StartAsync()).NewPageAsync();
        OpenPage open = new(page);
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = height });
        await page.EmulateMediaFeaturesAsync([new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = isDark ? "dark" : "light" }]);
        await page.SetJavaScriptEnabledAsync(runsScripts);
        await page.GoToAsync(new Uri(file).AbsoluteUri);
        if (runsScripts)
        {
            await page.WaitForSelectorAsync("html[data-ready]");
        }

        return open;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _start.Dispose();
    }

    private async Task<IBrowser> StartAsync()
    {
        string program = RequiredTool.Find("chromium");
        await _start.WaitAsync();
        try
        {
            return _browser ??= await Puppeteer.LaunchAsync(new LaunchOptions { ExecutablePath = program, Headless = true, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
        }
        finally
        {
            _start.Release();
        }
    }
}
