using System.Text;
using ClosureScan.Paths;
using ClosureScan.Testing;
using Microsoft.AspNetCore.Http;

namespace ClosureScan.Stores.Tests.Http;

/// <summary>Caches that lie, break or hang, one misdeed each: the scan tells it, is incomplete, and ends in time. Nothing wrong is reported.</summary>
public sealed class HostileCacheTests
{
    private static readonly StorePath Root = LeakyCache.Root;
    private static readonly StorePath Victim = LeakyCache.Find(LeakyCache.Coreutils);
    private static readonly string NarInfoFile = $"/{Victim.Hash}.narinfo";

    [Theory]
    [InlineData("narinfo 404", "not in http")]
    [InlineData("narinfo 500", "500 Internal Server Error")]
    [InlineData("narinfo 401", "netrc")]
    [InlineData("narinfo throttled for an hour", "asks to wait")]
    [InlineData("narinfo of another path", "is about")]
    [InlineData("narinfo cut off", "cut off")]
    [InlineData("narinfo endless", "longer than")]
    [InlineData("narinfo of binary", "there is no \":\"")]
    [InlineData("narinfo redirects to itself", "redirects on and on")]
    [InlineData("narinfo hangs", "does not answer")]
    [InlineData("narinfo encoded oddly", "cannot be undone")]
    [InlineData("URL of a file", "is no address of a server")]
    [InlineData("size is wrong", "bytes, and the store says")]
    [InlineData("hash is wrong", "has the hash")]
    [InlineData("compression is wrong", "cannot be read")]
    [InlineData("compression is unknown", "cannot be undone")]
    [InlineData("nar 404", "is not at")]
    [InlineData("nar of another path", "and the store says")]
    [InlineData("nar cut off", "cannot be read")]
    [InlineData("nar drips", "cannot be read behind its byte")]
    [InlineData("nar endless", "")]
    [InlineData("nar in parts with 200", "another part than was asked for")]
    [InlineData("nar of zeros", "")]
    public async Task One_misdeed_is_told_and_the_rest_is_scanned(string misdeed, string told)
    {
        await using TestServer server = await TestServer.StartAsync(context => MisbehaveAsync(context, misdeed));
        StoreOptions options = new() { ChecksSignatures = false };
        using CancellationTokenSource inTime = CancellationTokenSource.CreateLinkedTokenSource(Scanning.Token);
        inTime.CancelAfter(TimeSpan.FromSeconds(60));
        await using IStore store = await Store.OpenAsync([$"{server.Address}?stalled-download-timeout=1&retry-attempts=2"], options, inTime.Token);

        ScannedClosure closure = await ClosureScanner.ScanAsync(store, [Root], cancellationToken: inTime.Token);

        ScanProblem problem = Assert.Single(closure.Problems);
        Assert.Contains(told, problem.Message, StringComparison.Ordinal);
        string nar = Path.GetFileName(Field(await File.ReadAllTextAsync(LeakyCache.Location + NarInfoFile, inTime.Token), "URL"));
        Assert.True(problem.ToString().Contains(Victim.Hash.ToString(), StringComparison.Ordinal) || problem.Path.EndsWith(nar, StringComparison.Ordinal), problem.ToString());
        Assert.All(closure.Paths.Where(path => !path.Info.Path.Equals(Victim)), path => Assert.True(path.Scan is { Problems.IsEmpty: true }));
    }

    [Theory]
    [InlineData("narinfo 500")]
    [InlineData("narinfo hangs")]
    [InlineData("429 storm")]
    [InlineData("info of another store")]
    public async Task A_cache_that_fails_altogether_is_told(string misdeed)
    {
        await using TestServer server = await TestServer.StartAsync(context => MisbehaveAsync(context, misdeed, always: true));
        StoreException exception = await Assert.ThrowsAnyAsync<StoreException>(async () =>
        {
            await using IStore store = await Store.OpenAsync([$"{server.Address}?stalled-download-timeout=1&retry-attempts=1"], new StoreOptions { ChecksSignatures = false }, Scanning.Token);
            await ClosureScanner.ScanAsync(store, [Root], cancellationToken: Scanning.Token);
        });
        Assert.NotEmpty(exception.Message);
    }

    [Fact]
    public async Task One_cache_covers_for_another()
    {
        await using TestServer broken = await TestServer.StartAsync(context => MisbehaveAsync(context, "nar 404"));
        await using TestServer whole = await TestServer.StartFolderAsync(LeakyCache.Location);
        await using IStore store = await Store.OpenAsync([broken.Address, whole.Address], new StoreOptions { ChecksSignatures = false }, Scanning.Token);
        ScannedClosure closure = await ClosureScanner.ScanAsync(store, [Root], cancellationToken: Scanning.Token);
        Assert.Empty(closure.Problems);
        Assert.Equal(LeakyCache.Paths.Length, closure.Paths.Length);
    }

    private static async Task MisbehaveAsync(HttpContext context, string misdeed, bool always = false)
    {
        string path = context.Request.Path.Value!;
        byte[] narInfo = await File.ReadAllBytesAsync(LeakyCache.Location + NarInfoFile);
        string text = Encoding.UTF8.GetString(narInfo);
        string nar = "/" + Field(text, "URL");
        bool isNarInfo = path == NarInfoFile || (always && path.EndsWith(".narinfo", StringComparison.Ordinal));
        bool isNar = path == nar;
        switch (misdeed)
        {
            case "narinfo 404" when isNarInfo:
            case "nar 404" when isNar:
                context.Response.StatusCode = 404;
                break;
            case "narinfo 500" when isNarInfo:
                context.Response.StatusCode = 500;
                break;
            case "narinfo 401" when isNarInfo:
                context.Response.StatusCode = 401;
                break;
            case "narinfo throttled for an hour" when isNarInfo:
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "3600";
                break;
            case "narinfo of another path" when isNarInfo:
                await context.Response.SendFileAsync($"{LeakyCache.Location}/{Root.Hash}.narinfo");
                break;
            case "narinfo cut off" when isNarInfo:
                await context.Response.WriteAsync(text[..^20]);
                break;
            case "narinfo endless" when isNarInfo:
            case "nar endless" when isNar:
                await SendEndlessAsync(context, isNar ? await File.ReadAllBytesAsync(LeakyCache.Location + nar) : narInfo);
                break;
            case "narinfo of binary" when isNarInfo:
                await context.Response.SendFileAsync("/bin/true");
                break;
            case "narinfo redirects to itself" when isNarInfo:
                context.Response.Redirect(path);
                break;
            case "narinfo hangs" when isNarInfo:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case "narinfo encoded oddly" when isNarInfo:
                context.Response.Headers.ContentEncoding = "snappy";
                await context.Response.WriteAsync(text);
                break;
            case "429 storm" when path != "/nix-cache-info":
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "1";
                break;
            case "info of another store" when path == "/nix-cache-info":
                await context.Response.WriteAsync("StoreDir: relative\n");
                break;
            case "URL of a file" when isNarInfo:
                await context.Response.WriteAsync(Replaced(text, "URL", "file:///etc/passwd"));
                break;
            case "size is wrong" when isNarInfo:
                await context.Response.WriteAsync(Replaced(text, "NarSize", "123456789"));
                break;
            case "hash is wrong" when isNarInfo:
                await context.Response.WriteAsync(Replaced(text, "NarHash", "sha256:0000000000000000000000000000000000000000000000000000"));
                break;
            case "compression is wrong" when isNarInfo:
                await context.Response.WriteAsync(Replaced(text, "Compression", Field(text, "Compression") == "zstd" ? "xz" : "zstd"));
                break;
            case "compression is unknown" when isNarInfo:
                await context.Response.WriteAsync(Replaced(text, "Compression", "lrzip"));
                break;
            case "nar of another path" when isNar:
                string other = Encoding.UTF8.GetString(await File.ReadAllBytesAsync($"{LeakyCache.Location}/{Root.Hash}.narinfo"));
                await context.Response.SendFileAsync($"{LeakyCache.Location}/{Field(other, "URL")}");
                break;
            case "nar cut off" when isNar:
                byte[] half = await File.ReadAllBytesAsync(LeakyCache.Location + nar);
                context.Response.ContentLength = half.Length;
                await context.Response.Body.WriteAsync(half.AsMemory(0, half.Length / 2));
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
            case "nar drips" when isNar:
                byte[] slow = await File.ReadAllBytesAsync(LeakyCache.Location + nar);
                for (int index = 0; index < slow.Length && !context.RequestAborted.IsCancellationRequested; index++)
                {
                    await context.Response.Body.WriteAsync(slow.AsMemory(index, 1));
                    await context.Response.Body.FlushAsync();
                    await Task.Delay(100);
                }

                break;
            case "nar in parts with 200" when isNar:
                context.Response.Headers.ContentRange = "bytes 100-199/1000";
                await context.Response.Body.WriteAsync(new byte[100]);
                break;
            case "nar of zeros" when isNar:
                await context.Response.Body.WriteAsync(new byte[100_000]);
                break;
            default:
                await TestServer.SendFileAsync(context, LeakyCache.Location);
                break;
        }
    }

    private static async Task SendEndlessAsync(HttpContext context, byte[] bytes)
    {
        byte[] many = new byte[1 << 20];
        for (int at = 0; at < many.Length; at += bytes.Length)
        {
            bytes.AsSpan(0, Math.Min(bytes.Length, many.Length - at)).CopyTo(many.AsSpan(at));
        }

        try
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(many, context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static string Field(string narInfo, string name) => narInfo.Split('\n').First(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];

    private static string Replaced(string narInfo, string name, string value) => narInfo.Replace($"{name}: {Field(narInfo, name)}", $"{name}: {value}", StringComparison.Ordinal);
}
