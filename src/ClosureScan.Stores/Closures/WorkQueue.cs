using System.Diagnostics.CodeAnalysis;

namespace ClosureScan.Stores.Closures;

/// <summary>Items that threads take, and add to while they work on those that they took. It ends when nothing is left and nobody works.</summary>
internal sealed class WorkQueue<T> : IDisposable
{
    private readonly Queue<T> _items = [];
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _available = new(0);
    private int _unfinished;

    /// <summary>Adds an item.</summary>
    public void Add(T item)
    {
        lock (_lock)
        {
            _items.Enqueue(item);
            _unfinished++;
        }

        _available.Release();
    }

    /// <summary>Takes an item; waits for one while others work. False when all is done. <see cref="Finish"/> every item that was taken.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T item, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_unfinished == 0)
            {
                item = default;
                return false;
            }
        }

        _available.Wait(cancellationToken);
        lock (_lock)
        {
            return _items.TryDequeue(out item);
        }
    }

    /// <summary>Says that an item which was taken is done; what it led to was added before.</summary>
    public void Finish()
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

    /// <inheritdoc/>
    public void Dispose() => _available.Dispose();
}
