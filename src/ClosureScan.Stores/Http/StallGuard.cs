namespace ClosureScan.Stores.Http;

/// <summary>
/// A response's bytes that end in an <see cref="IOException"/> when the server falls silent, or drips. Only waiting counts: a reader
/// that takes its time is no fault of the server. Owns its source.
/// </summary>
internal sealed class StallGuard(Stream source, HttpSettings settings, TimeProvider time, CancellationToken cancellationToken) : BlockingReads
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private TimeSpan _waited;
    private long _arrived;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken unused = default)
    {
        ValueTask<int> read = source.ReadAsync(buffer, _end.Token);
        if (read.IsCompletedSuccessfully)
        {
            return Arrived(read.Result);
        }

        long began = time.GetTimestamp();
        _end.CancelAfter(settings.StallTimeout);
        try
        {
            int count = await read.ConfigureAwait(false);
            _end.CancelAfter(Timeout.InfiniteTimeSpan);
            _waited += time.GetElapsedTime(began);
            return Arrived(count);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"the server sent nothing for {settings.StallTimeout.TotalSeconds:0.#} s");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
            _end.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Arrived(int count)
    {
        _arrived += count;
        if (_waited > settings.StallTimeout)
        {
            if (_arrived < settings.LeastBytes && count > 0)
            {
                throw new IOException($"the server sent {_arrived} bytes in {_waited.TotalSeconds:0.#} s");
            }

            _waited = TimeSpan.Zero;
            _arrived = 0;
        }

        return count;
    }
}
