namespace ClosureScan.Containers;

/// <summary>
/// What looking into one file may cost: 64 MiB of contents and two hundred times its own length. An image that is mostly zeros gets through, a bomb does not.
/// </summary>
internal sealed class Expansion
{
    private const long Free = 64 * 1024 * 1024;
    private const int Ratio = 200;

    private long _left;
    private CancellationToken _cancellation;

    /// <summary>Begins a file.</summary>
    public void Begin(long length, CancellationToken cancellation)
    {
        _left = Free + (Ratio * Math.Min(length, long.MaxValue / (2 * Ratio)));
        _cancellation = cancellation;
    }

    /// <summary>Counts bytes that came out of the file.</summary>
    /// <exception cref="ExpansionException">There are too many.</exception>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public void Spend(long bytes)
    {
        _cancellation.ThrowIfCancellationRequested();
        _left -= bytes;
        if (_left < 0)
        {
            throw new ExpansionException();
        }
    }
}
