namespace ClosureScan.Stores.Closures;

/// <summary>One of so many places at once; given back when it is disposed.</summary>
internal readonly struct Turn : IDisposable
{
    private readonly SemaphoreSlim _places;

    private Turn(SemaphoreSlim places) => _places = places;

    /// <summary>Waits for a place.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public static Turn Take(SemaphoreSlim places, CancellationToken cancellationToken)
    {
        places.Wait(cancellationToken);
        return new Turn(places);
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Release();
}
