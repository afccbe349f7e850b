using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using ClosureScan.Stores.Compression;
using ClosureScan.Stores.Telemetry;

namespace ClosureScan.Stores.Http;

/// <summary>
/// Fetches what a server has: as many requests at once as it bears, again where that may help, logged in where there is a login.
/// May be used by several threads. Owns its handler.
/// </summary>
internal sealed class HttpFetcher : IDisposable
{
    /// <summary>As many as Nix follows.</summary>
    private const int MostRedirects = 10;

    private static readonly ProductInfoHeaderValue Agent = new("ClosureScan", typeof(HttpFetcher).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly HttpMessageInvoker _client;
    private readonly HttpLogins _logins;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, OriginGate> _gates = new(StringComparer.OrdinalIgnoreCase);
    private long _bytes;

    /// <summary>Makes a fetcher.</summary>
    /// <param name="handler">Who connects, and signs where that is needed.</param>
    /// <param name="settings">Limits.</param>
    /// <param name="logins">Logins.</param>
    /// <param name="time">The clock.</param>
    public HttpFetcher(HttpMessageHandler handler, HttpSettings settings, HttpLogins logins, TimeProvider? time = null)
    {
        _client = new HttpMessageInvoker(handler);
        _logins = logins;
        _time = time ?? TimeProvider.System;
        Settings = settings;
    }

    /// <summary>The limits.</summary>
    public HttpSettings Settings { get; }

    /// <summary>Bytes of bodies that came over the network so far, as they came.</summary>
    public long BytesFetched => Interlocked.Read(ref _bytes);

    /// <summary>A small resource, whole.</summary>
    /// <param name="uri">Where it is.</param>
    /// <param name="most">The most bytes it may have.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>Null when it is not there.</returns>
    /// <exception cref="StoreException">It cannot be fetched, or is longer.</exception>
    public async Task<byte[]?> GetAsync(Uri uri, int most, CancellationToken cancellationToken)
    {
        try
        {
            uri = WithoutLogin(uri);
            await using Stream? body = await OpenAsync(uri, acceptsEncodings: true, cancellationToken).ConfigureAwait(false);
            if (body is null)
            {
                return null;
            }

            using MemoryStream bytes = new();
            byte[] buffer = new byte[4096];
            while (await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int count)
            {
                bytes.Write(buffer, 0, count);
                if (bytes.Length > most)
                {
                    throw new StoreException($"{uri} is longer than {most} bytes, which it cannot rightly be.");
                }
            }

            return bytes.ToArray();
        }
        catch (Exception exception) when (exception is HttpBodyException or InvalidDataException)
        {
            throw new StoreException($"{uri} cannot be fetched: {exception.Message}.", exception);
        }
    }

    /// <summary>A resource as a stream, which resumes by itself.</summary>
    /// <param name="uri">Where it is.</param>
    /// <param name="acceptsEncodings">Whether the server may compress it on the way.</param>
    /// <param name="cancellationToken">Ends the request and the stream's reads.</param>
    /// <returns>Null when it is not there. Reading throws <see cref="HttpBodyException"/> when it cannot be read to its end.</returns>
    /// <exception cref="StoreException">It cannot be fetched.</exception>
    public async Task<Stream?> OpenAsync(Uri uri, bool acceptsEncodings, CancellationToken cancellationToken)
    {
        // A login in the address is kept out of messages, and of what is sent as the address.
        HttpRequest request = new(WithoutLogin(uri), acceptsEncodings);
        try
        {
            HttpExchange? exchange = await SendAsync(request, cancellationToken).ConfigureAwait(false);
            return exchange is null ? null : new ResumingStream(this, request, exchange, cancellationToken);
        }
        catch (HttpBodyException exception)
        {
            throw new StoreException(exception.Message + ".", exception);
        }
    }

    /// <summary>Asks until there is an answer that counts. Null when what is asked for is not there.</summary>
    /// <exception cref="HttpBodyException">There is none.</exception>
    internal async Task<HttpExchange?> SendAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        OriginGate gate = _gates.GetOrAdd(request.Uri.GetLeftPart(UriPartial.Authority), _ => new OriginGate(Settings.Connections, _time));
        for (int attempt = 1; ; attempt++)
        {
            if (gate.GivenUp is { } why)
            {
                throw new HttpBodyException($"{request.Uri} is not asked for any more: {why}");
            }

            (HttpExchange? exchange, HttpFailure? failure) = await TryAsync(request, gate, cancellationToken).ConfigureAwait(false);
            if (failure is null)
            {
                gate.Succeeded();
                return exchange;
            }

            if (failure.IsTransient && attempt < Settings.Attempts && failure.RetryAfter <= Settings.LongestRetryAfter)
            {
                TimeSpan pause = Delay(attempt, failure);
                StoreMeter.Retried(request.Uri, failure.IsThrottling);
                StoreLog.AskedAgain(Settings.Logger, request.Uri, failure.Message, pause.TotalSeconds, attempt);
                if (failure.IsThrottling)
                {
                    // All who ask there wait; this request does so when it enters again.
                    gate.Throttled(pause);
                }
                else
                {
                    await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
                }

                continue;
            }

            string waits = failure.RetryAfter > Settings.LongestRetryAfter ? $", and asks to wait for {failure.RetryAfter.TotalSeconds:0} s" : "";
            string times = attempt > 1 ? $", {attempt} times" : "";
            if (failure.IsTransient)
            {
                gate.Failed($"{request.Uri.GetLeftPart(UriPartial.Authority)} failed too often ({failure.Message})");
                if (gate.GivenUp is { } reason)
                {
                    StoreLog.GaveUp(Settings.Logger, reason);
                }
            }

            throw new HttpBodyException($"{request.Uri} cannot be fetched: {failure.Message}{waits}{times}", failure.IsTransient);
        }
    }

    /// <summary>Waits before another attempt.</summary>
    internal Task PauseAsync(int attempt, HttpFailure failure, CancellationToken cancellationToken) =>
        Task.Delay(Delay(attempt, failure), _time, cancellationToken);

    public void Dispose() => _client.Dispose();

    /// <summary>What the server asks for, and by chance up to a pause that doubles with each attempt: those who failed together do not come back together.</summary>
    private TimeSpan Delay(int attempt, HttpFailure failure)
    {
        TimeSpan first = failure.IsThrottling ? Settings.ThrottledDelay : Settings.RetryDelay;
        double longest = Math.Min(Settings.LongestDelay.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, attempt - 1));
        return failure.RetryAfter + TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * longest);
    }

    private async Task<(HttpExchange? Exchange, HttpFailure? Failure)> TryAsync(HttpRequest request, OriginGate gate, CancellationToken cancellationToken)
    {
        await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        HttpResponseMessage? response = null;
        bool leaves = true;
        try
        {
            using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            end.CancelAfter(Settings.StallTimeout);
            response = await SendFollowingAsync(request, end.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                return (null, await HttpAnswer.JudgeAsync(response, _time.GetUtcNow(), end.Token).ConfigureAwait(false));
            }

            Stream body = await response.Content.ReadAsStreamAsync(end.Token).ConfigureAwait(false);
            Stream guarded = new CountedReads(new StallGuard(body, Settings, _time, cancellationToken), count => Interlocked.Add(ref _bytes, count));
            (HttpExchange? exchange, HttpFailure? failure) = Describe(request, response, guarded, gate);
            leaves = exchange is null;
            return (exchange, failure);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new HttpFailure($"the server does not answer within {Settings.StallTimeout.TotalSeconds:0.#} s", IsTransient: true));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (null, HttpAnswer.Judge(exception));
        }
        finally
        {
            if (leaves)
            {
                response?.Dispose();
                gate.Leave();
            }
        }
    }

    /// <summary>
    /// Sends, and follows redirects; each carries the login of its own target, which the framework would leave out also where the target
    /// is the same server. Gives the redirect itself where it leads on and on, or out of TLS.
    /// </summary>
    private async Task<HttpResponseMessage> SendFollowingAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        Uri uri = request.Uri;
        for (int redirects = 0; ; redirects++)
        {
            using HttpRequestMessage message = MakeMessage(request, uri);
            HttpResponseMessage response = await _client.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)
                || response.Headers.Location is not { } location
                || redirects == MostRedirects
                || !Uri.TryCreate(uri, location, out Uri? target)
                || target.Scheme is not ("https" or "http")
                || (uri.Scheme == "https" && target.Scheme != "https"))
            {
                return response;
            }

            response.Dispose();
            uri = WithoutLogin(target);
        }
    }

    private static Uri WithoutLogin(Uri uri) => uri.UserInfo.Length == 0 ? uri : new UriBuilder(uri) { UserName = "", Password = "" }.Uri;

    private HttpRequestMessage MakeMessage(HttpRequest request, Uri uri)
    {
        HttpRequestMessage message = new(HttpMethod.Get, uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue(Agent.Product!));
        message.Headers.Authorization = _logins.Find(uri);
        if (request.AcceptsEncodings)
        {
            foreach (string encoding in ContentEncoding.Accepted)
            {
                message.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
            }
        }

        if (request.Offset > 0)
        {
            message.Headers.Range = new RangeHeaderValue(request.Offset, null);
        }

        return message;
    }

    /// <summary>What part of the whole a body is: Content-Range says so, whatever the status.</summary>
    private static (HttpExchange? Exchange, HttpFailure? Failure) Describe(HttpRequest request, HttpResponseMessage response, Stream body, OriginGate gate)
    {
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        long start = range?.From ?? 0;
        string[] encodings = [.. response.Content.Headers.ContentEncoding.Where(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))];
        if (start > request.Offset || (start > 0 && encodings.Length > 0) || (response.StatusCode == HttpStatusCode.PartialContent && range?.From is null))
        {
            return (null, new HttpFailure($"the server sends another part than was asked for ({(int)response.StatusCode}, Content-Range: {range?.ToString() ?? "none"})", IsTransient: false));
        }

        if (!ContentEncoding.TryUndo(encodings, ref body))
        {
            return (null, new HttpFailure($"its Content-Encoding \"{string.Join(", ", encodings)}\" cannot be undone; known are {string.Join(", ", ContentEncoding.Accepted)}", IsTransient: false));
        }

        long? total = encodings.Length > 0 ? null : range is not null ? range.Length : response.Content.Headers.ContentLength;
        bool canResume = encodings.Length == 0 && (range is not null || response.Headers.AcceptRanges.Contains("bytes"));
        return (new HttpExchange(response, body, start, total, canResume, gate), null);
    }
}
