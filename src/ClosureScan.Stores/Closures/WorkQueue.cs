namespace ClosureScan.Stores.Closures;

/// <summary>
/// Work that several threads share: each takes an item, and may add others while it works. It ends when nothing is left and nobody works.
/// </summary>
internal sealed class WorkQueue : IDisposable
{
    private readonly Queue<Action<CancellationToken>> _items = [];
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _available = new(0);
    private int _unfinished;
    private int _queued;
    private int _idle;

    /// <summary>Whether a thread has nothing to do. Costs two reads of memory.</summary>
    public bool HasIdleThread => Volatile.Read(ref _idle) > Volatile.Read(ref _queued);

    /// <summary>Adds an item.</summary>
    public void Add(Action<CancellationToken> item)
    {
        lock (_lock)
        {
            _items.Enqueue(item);
            _queued++;
            _unfinished++;
        }

        _available.Release();
    }

    /// <summary>Works until all is done. Any number of threads may.</summary>
    public void Work(CancellationToken cancellationToken)
    {
        while (TryTake(cancellationToken) is { } item)
        {
            try
            {
                item(cancellationToken);
            }
            finally
            {
                Finish();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _available.Dispose();

    private Action<CancellationToken>? TryTake(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_unfinished == 0)
            {
                return null;
            }

            _idle++;
        }

        try
        {
            _available.Wait(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _idle);
        }

        lock (_lock)
        {
            if (!_items.TryDequeue(out Action<CancellationToken>? item))
            {
                return null;
            }

            _queued--;
            return item;
        }
    }

    private void Finish()
    {
        lock (_lock)
        {
            if (--_unfinished > 0)
            {
                return;
            }
        }

        // All that wait, or will, find nothing.
        _available.Release(int.MaxValue / 2);
    }
}
