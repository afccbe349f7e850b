using System.IO.Compression;
using System.Text;
using ClosureScan.Stores.Http;
using ClosureScan.Testing;
using Microsoft.AspNetCore.Http;

namespace ClosureScan.Stores.Tests.Http;

/// <summary>Servers that behave, and servers that do not: what is fetched is right or there is an error that tells.</summary>
public sealed class HttpFetcherTests
{
    private static readonly byte[] Whole = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 60_000).Select(number => $"{number} ")));

    private static readonly HttpSettings Quick = new()
    {
        RetryDelay = TimeSpan.FromMilliseconds(1),
        ThrottledDelay = TimeSpan.FromMilliseconds(2),
        StallTimeout = TimeSpan.FromMilliseconds(300),
    };

    [Fact]
    public async Task A_file_comes_as_it_is_over_HTTP_2_with_TLS()
    {
        string protocol = "";
        await using TestServer server = await TestServer.StartAsync(
            async context =>
            {
                protocol = context.Request.Protocol;
                await context.Response.Body.WriteAsync(Whole);
            },
            tls: true);
        string file = Path.GetTempFileName();
        File.WriteAllText(file, server.CertificatePem);
        try
        {
            Assert.Equal(Whole, await FetchAsync(server, Quick with { CertificateFile = file }));
            Assert.Equal("HTTP/2", protocol);
            StoreException refused = await Assert.ThrowsAsync<StoreException>(() => FetchAsync(server, Quick));
            Assert.Contains("certificate is not trusted", refused.Message, StringComparison.Ordinal);
            Assert.Contains("NIX_SSL_CERT_FILE", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task What_is_compressed_on_the_way_comes_plain(string encoding)
    {
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            await using Stream body = encoding switch
            {
                "gzip" => new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
                "br" => new BrotliStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
                _ => context.Response.Body,
            };
            await body.WriteAsync(Whole);
        });
        Assert.Equal(Whole, await FetchAsync(server));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(403)]
    public async Task Absent_is_absent(int status)
    {
        await using TestServer server = await TestServer.StartAsync(context => Status(context, status));
        Assert.Null(await FetchAsync(server));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(401, "", "netrc")]
    [InlineData(407, "", "https_proxy")]
    [InlineData(400, "", "400")]
    [InlineData(501, "", "501")]
    [InlineData(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>", "AWS_SECRET_ACCESS_KEY")]
    public async Task What_will_not_go_away_is_told_at_once(int status, string body, string told)
    {
        await using TestServer server = await TestServer.StartAsync(context => Status(context, status, body));
        StoreException exception = await Assert.ThrowsAsync<StoreException>(() => FetchAsync(server));
        Assert.Contains(told, exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(503, "")]
    [InlineData(429, "")]
    [InlineData(408, "")]
    [InlineData(403, "<Error><Code>RequestTimeTooSkewed</Code></Error>")]
    public async Task What_may_go_away_is_asked_again(int status, string body)
    {
        int count = 0;
        await using TestServer server = await TestServer.StartAsync(context =>
            Interlocked.Increment(ref count) < 3 ? Status(context, status, body) : context.Response.Body.WriteAsync(Whole).AsTask());
        Assert.Equal(Whole, await FetchAsync(server));
    }

    [Fact]
    public async Task A_server_that_only_fails_is_given_up_and_then_left_alone()
    {
        await using TestServer server = await TestServer.StartAsync(context => Status(context, 500));
        using HttpFetcher fetcher = Make(server, Quick);
        for (int request = 0; request < 3; request++)
        {
            StoreException exception = await Assert.ThrowsAsync<StoreException>(() => fetcher.GetAsync(UriOf(server), 1000, Scanning.Token));
            Assert.Contains("500 Internal Server Error, 5 times", exception.Message, StringComparison.Ordinal);
        }

        StoreException last = await Assert.ThrowsAsync<StoreException>(() => fetcher.GetAsync(UriOf(server), 1000, Scanning.Token));
        Assert.Contains("not asked for any more", last.Message, StringComparison.Ordinal);
        Assert.Equal(15, server.Requests.Count);
    }

    [Fact]
    public async Task Who_asks_to_wait_for_an_hour_is_told_of()
    {
        await using TestServer server = await TestServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "3600";
            return Status(context, 429);
        });
        StoreException exception = await Assert.ThrowsAsync<StoreException>(() => FetchAsync(server));
        Assert.Contains("asks to wait for 3600 s", exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task What_breaks_off_goes_on(bool ranges, bool rightStatus)
    {
        // Each answer ends after 150 kB more, whatever it announces, or only the first; one kind of server calls parts of the whole 200.
        int answers = 0;
        await using TestServer server = await TestServer.StartAsync(context =>
            SendPartAsync(context, ranges, rightStatus, breaksAfter: ranges || Interlocked.Increment(ref answers) == 1 ? 150_000 : Whole.Length));
        Assert.Equal(Whole, await FetchAsync(server));
        Assert.True(server.Requests.Count > 1);
    }

    [Fact]
    public async Task What_breaks_off_at_the_same_byte_again_and_again_is_given_up()
    {
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            context.Response.ContentLength = Whole.Length;
            await context.Response.Body.WriteAsync(Whole.AsMemory(0, 1000));
            await context.Response.Body.FlushAsync();
            await Task.Delay(30);
            context.Abort();
        });
        StoreException exception = await Assert.ThrowsAsync<StoreException>(() => FetchAsync(server));
        Assert.Contains("breaks off at byte 1000, 5 times", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_nobody_asked_for_is_refused()
    {
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            context.Response.Headers.ContentRange = $"bytes 100-199/{Whole.Length}";
            await context.Response.Body.WriteAsync(Whole.AsMemory(100, 100));
        });
        StoreException exception = await Assert.ThrowsAsync<StoreException>(() => FetchAsync(server));
        Assert.Contains("another part than was asked for", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compress")]
    [InlineData("gzip, made-up")]
    public async Task An_encoding_that_cannot_be_undone_is_told(string encoding)
    {
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            await context.Response.Body.WriteAsync(Whole.AsMemory(0, 10));
        });
        StoreException exception = await Assert.ThrowsAsync<StoreException>(() => FetchAsync(server));
        Assert.Contains(encoding, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_the_encoding_that_it_says_is_told()
    {
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(Whole.AsMemory(0, 1000));
        });
        await Assert.ThrowsAsync<StoreException>(() => FetchAsync(server));
    }

    [Fact]
    public async Task Redirects_are_followed_without_the_login_and_not_for_ever()
    {
        string? login = "none";
        await using TestServer other = await TestServer.StartAsync(context =>
        {
            login = context.Request.Headers.Authorization;
            return context.Response.Body.WriteAsync(Whole).AsTask();
        });
        await using TestServer server = await TestServer.StartAsync(context =>
        {
            Assert.Equal("Basic dXNlcjpzZWNyZXQ=", context.Request.Headers.Authorization);
            context.Response.Redirect(context.Request.Path == "/loop" ? "/loop" : other.Address + "/file");
            return Task.CompletedTask;
        });
        UriBuilder address = new(server.Address) { UserName = "user", Password = "secret" };
        using HttpFetcher fetcher = new(HttpConnections.Create(Quick), Quick, new HttpLogins(address.Uri, Netrc.Load(null)));

        Assert.Equal(Whole, await fetcher.GetAsync(new Uri(address.Uri, "/file"), 1 << 20, Scanning.Token));
        Assert.Null(login);
        StoreException exception = await Assert.ThrowsAsync<StoreException>(() => fetcher.GetAsync(new Uri(address.Uri, "/loop"), 1 << 20, Scanning.Token));
        Assert.Contains("redirects on and on", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "sent nothing")]
    [InlineData(1, "bytes in")]
    public async Task Silence_and_dripping_end(int bytes, string told)
    {
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync(Whole.AsMemory(0, 10));
            for (int step = 0; step < 100; step++)
            {
                await context.Response.Body.WriteAsync(Whole.AsMemory(0, bytes));
                await context.Response.Body.FlushAsync();
                await Task.Delay(20, context.RequestAborted);
            }
        });
        StoreException exception = await Assert.ThrowsAsync<StoreException>(() => FetchAsync(server, Quick with { StallTimeout = TimeSpan.FromMilliseconds(150), Attempts = 1 }));
        Assert.Contains(told, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_and_one_that_is_not_there_are_told()
    {
        await using TestServer server = await TestServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        StoreException silent = await Assert.ThrowsAsync<StoreException>(() => FetchAsync(server, Quick with { StallTimeout = TimeSpan.FromMilliseconds(100), Attempts = 2 }));
        Assert.Contains("does not answer within 0.1 s, 2 times", silent.Message, StringComparison.Ordinal);

        using HttpFetcher fetcher = Make(server, Quick);
        StoreException absent = await Assert.ThrowsAsync<StoreException>(() => fetcher.GetAsync(new Uri("http://127.0.0.1:1/file"), 1000, Scanning.Token));
        Assert.Contains("refused", absent.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_long_is_not_read_on_and_on()
    {
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(Whole, context.RequestAborted);
            }
        });
        StoreException exception = await Assert.ThrowsAsync<StoreException>(() => FetchAsync(server));
        Assert.Contains("longer than", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_more_requests_run_at_once_than_allowed_and_fewer_when_the_server_asks_for_it()
    {
        int running = 0;
        int most = 0;
        int throttled = 0;
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Delay(5);
            Interlocked.Decrement(ref running);
            if (now > 4)
            {
                Interlocked.Increment(ref throttled);
                context.Response.StatusCode = 429;
            }
        });
        using HttpFetcher fetcher = Make(server, Quick with { Connections = 8, Attempts = 50 });
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => fetcher.GetAsync(UriOf(server), 1000, Scanning.Token)));
        Assert.InRange(most, 1, 8);
        Assert.InRange(throttled, 1, 90);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static Uri UriOf(TestServer server) => new(server.Address + "/file");

    private static HttpFetcher Make(TestServer server, HttpSettings settings) =>
        new(HttpConnections.Create(settings), settings, new HttpLogins(new Uri(server.Address), Netrc.Load(null)));

    private static async Task<byte[]?> FetchAsync(TestServer server, HttpSettings? settings = null)
    {
        using HttpFetcher fetcher = Make(server, settings ?? Quick);
        return await fetcher.GetAsync(UriOf(server), 1 << 20, Scanning.Token);
    }

    private static Task Status(HttpContext context, int status, string body = "")
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    }

    private static async Task SendPartAsync(HttpContext context, bool ranges, bool rightStatus, int breaksAfter)
    {
        string range = context.Request.Headers.Range.ToString();
        int start = ranges && range.StartsWith("bytes=", StringComparison.Ordinal) ? int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        if (ranges)
        {
            context.Response.Headers.AcceptRanges = "bytes";
        }

        if (start > 0)
        {
            context.Response.StatusCode = rightStatus ? 206 : 200;
            context.Response.Headers.ContentRange = $"bytes {start}-{Whole.Length - 1}/{Whole.Length}";
        }

        context.Response.ContentLength = Whole.Length - start;
        int length = Math.Min(breaksAfter, Whole.Length - start);
        await context.Response.Body.WriteAsync(Whole.AsMemory(start, length));
        await context.Response.Body.FlushAsync();
        if (start + length < Whole.Length)
        {
            await Task.Delay(20);
            context.Abort();
        }
    }
}
