using System.Collections.Concurrent;
using PuppeteerSharp;
using PuppeteerSharp.Input;

namespace ClosureScan.Cli.Tests.Pages;

/// <summary>A page in a browser, with whatever it complains of and asks for.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IPage _page;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _requests = new();

    public OpenPage(IPage page)
    {
        _page = page;
        page.Console += (_, message) => _complaints.Enqueue(message.Message.Text);
        page.PageError += (_, error) => _complaints.Enqueue(error.Message);
        page.Request += (_, request) => _requests.Enqueue(request.Request.Url);
    }

    /// <summary>Whatever stood in the console.</summary>
    public string[] Complaints => [.. _complaints];

    /// <summary>Whatever was asked for beside the file itself.</summary>
    public string[] Requests => [.. _requests.Skip(1)];

    /// <summary>What an expression of JavaScript gives; a promise is awaited.</summary>
    public Task<T> AskAsync<T>(string expression) => _page.EvaluateExpressionAsync<T>(expression);

    /// <summary>The text that a reader sees, folded parts included.</summary>
    public Task<string> TextAsync() => AskAsync<string>("document.body.textContent");

    public async Task PressAsync(string key, int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            await _page.Keyboard.PressAsync(key);
        }
    }

    public Task TypeAsync(string text) => _page.Keyboard.TypeAsync(text);

    public Task<byte[]> ScreenshotAsync(bool isWhole) => _page.ScreenshotDataAsync(new ScreenshotOptions { FullPage = isWhole });

    public async ValueTask DisposeAsync() => await _page.CloseAsync();
}
