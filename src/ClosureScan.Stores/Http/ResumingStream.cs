namespace ClosureScan.Stores.Http;

/// <summary>
/// The bytes of a resource. When a connection breaks, the rest is asked for, or all of it where the server sends no parts, and what
/// was read already is passed over: whoever hashes what comes out notices nothing. Not thread-safe.
/// </summary>
internal sealed class ResumingStream(HttpFetcher fetcher, HttpRequest request, HttpExchange first, CancellationToken cancellationToken) : BlockingReads
{
    /// <summary>So many bytes without a failure, and the failures before are forgiven.</summary>
    private const int Forgiven = 1 << 20;

    private HttpExchange? _exchange = first;
    private bool _canResume = first.CanResume;
    private long? _total = first.Total;
    private long _position;
    private long _failedAt;
    private int _failures;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken unused = default)
    {
        while (true)
        {
            string problem;
            try
            {
                _exchange ??= await ReopenAsync().ConfigureAwait(false);
                int count = await _exchange.Body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                _position += count;
                if (count > 0 || buffer.IsEmpty || _total is null || _position >= _total)
                {
                    return count;
                }

                problem = $"the server sent {_position} of {_total} bytes";
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException)
            {
                problem = HttpAnswer.Judge(exception).Message;
            }

            _exchange?.Dispose();
            _exchange = null;
            await CountFailureAsync(problem).ConfigureAwait(false);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _exchange?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task CountFailureAsync(string problem)
    {
        _failures = _position - _failedAt >= Forgiven ? 1 : _failures + 1;
        _failedAt = _position;
        if (_failures >= fetcher.Settings.Attempts)
        {
            throw new HttpBodyException($"{request.Uri} breaks off at byte {_position}, {_failures} times: {problem}");
        }

        await fetcher.PauseAsync(_failures, new HttpFailure(problem, IsTransient: true), cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpExchange> ReopenAsync()
    {
        HttpExchange exchange = await fetcher.SendAsync(request with { Offset = _canResume ? _position : 0 }, cancellationToken).ConfigureAwait(false)
            ?? throw new HttpBodyException($"{request.Uri} broke off at byte {_position}, and is not there any more");
        try
        {
            if (exchange.Start > _position || (_total is not null && exchange.Total is not null && exchange.Total != _total))
            {
                throw new HttpBodyException($"{request.Uri} broke off at byte {_position}, and is another now");
            }

            _canResume = exchange.CanResume;
            byte[] passed = new byte[(int)Math.Min(_position - exchange.Start, 1 << 16)];
            for (long at = exchange.Start; at < _position;)
            {
                int count = await exchange.Body.ReadAsync(passed.AsMemory(0, (int)Math.Min(_position - at, passed.Length)), cancellationToken).ConfigureAwait(false);
                at += count > 0 ? count : throw new IOException($"the server sent {at} bytes where there were {_position}");
            }

            return exchange;
        }
        catch
        {
            exchange.Dispose();
            throw;
        }
    }
}
