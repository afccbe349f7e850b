namespace ClosureScan.Stores.Http;

/// <summary>
/// How many requests run at once to one origin. Where the server says that it is too many, the number halves and all wait; with each
/// answered request it grows again by its own inverse (additive increase, multiplicative decrease). May be used by several threads.
/// </summary>
internal sealed class OriginGate(int most, TimeProvider time)
{
    /// <summary>How many requests in a row may fail with all their attempts before the origin is given up.</summary>
    private const int MostFailures = 3;

    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private double _limit = most;
    private int _running;
    private int _failures;
    private long _openAt = time.GetTimestamp();
    private string? _givenUp;

    /// <summary>How many may run now.</summary>
    public int Limit
    {
        get
        {
            lock (_lock)
            {
                return Math.Max(1, (int)_limit);
            }
        }
    }

    /// <summary>Why the origin was given up; null while it is not.</summary>
    public string? GivenUp => Volatile.Read(ref _givenUp);

    /// <summary>Waits for a turn. Who gets one ends it by <see cref="Leave"/>.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource? turn = null;
        lock (_lock)
        {
            if (_running < Math.Max(1, (int)_limit) && _waiting.Count == 0)
            {
                _running++;
            }
            else
            {
                turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.AddLast(turn);
            }
        }

        if (turn is not null)
        {
            try
            {
                await turn.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                GiveBack(turn);
                throw;
            }
        }

        try
        {
            for (TimeSpan pause = Pause(); pause > TimeSpan.Zero; pause = Pause())
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            Leave();
            throw;
        }
    }

    /// <summary>Ends a turn.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _running--;
            while (_running < Math.Max(1, (int)_limit) && _waiting.First is { } first)
            {
                _waiting.Remove(first);
                _running++;
                first.Value.SetResult();
            }
        }
    }

    /// <summary>A request was answered as it should be.</summary>
    public void Succeeded()
    {
        lock (_lock)
        {
            _limit = Math.Min(most, _limit + 1 / _limit);
            _failures = 0;
        }
    }

    /// <summary>The server asks for fewer requests, and none before <paramref name="pause"/> has passed.</summary>
    public void Throttled(TimeSpan pause)
    {
        lock (_lock)
        {
            // Of requests that were under way together each one is told the same: only the first halves.
            if (_openAt <= time.GetTimestamp())
            {
                _limit = Math.Max(1, _limit / 2);
            }

            _openAt = Math.Max(_openAt, time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency));
        }
    }

    /// <summary>A request failed for good, though it might have succeeded another time; after some in a row the origin is given up.</summary>
    public void Failed(string why)
    {
        lock (_lock)
        {
            if (++_failures >= MostFailures)
            {
                _givenUp ??= why;
            }
        }
    }

    private TimeSpan Pause()
    {
        lock (_lock)
        {
            return time.GetElapsedTime(time.GetTimestamp(), _openAt);
        }
    }

    /// <summary>Gives back the place in the queue, or the turn that came at the same moment.</summary>
    private void GiveBack(TaskCompletionSource turn)
    {
        lock (_lock)
        {
            if (_waiting.Remove(turn))
            {
                return;
            }
        }

        Leave();
    }
}
