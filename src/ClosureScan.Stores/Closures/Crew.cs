using System.Runtime.ExceptionServices;

namespace ClosureScan.Stores.Closures;

/// <summary>Threads that share some work. Each may block; none is of the thread pool, which others wait for.</summary>
internal static class Crew
{
    /// <summary>How long threads that were told to stop may take before they are left alone: a store may block in a read that knows no cancellation.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs <paramref name="work"/> on several threads at once.</summary>
    /// <param name="size">How many threads.</param>
    /// <param name="work">What each does; its token is cancelled when one of them fails or the caller cancels.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static async Task RunAsync(int size, Action<CancellationToken> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Not disposed: a thread that was left alone may still look at its token.
        CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ExceptionDispatchInfo? failure = null;
        Task[] threads = new Task[size];
        for (int index = 0; index < size; index++)
        {
            threads[index] = Task.Factory.StartNew(
                () =>
                {
                    try
                    {
                        work(stop.Token);
                    }
                    catch (Exception exception)
                    {
                        // One failed thread ends the others; the caller gets its exception, not their cancellations.
                        if (!stop.IsCancellationRequested)
                        {
                            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
                        }

                        stop.Cancel();
                    }
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }

        Task all = Task.WhenAll(threads);
        try
        {
            await all.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAny(all, Task.Delay(Patience, CancellationToken.None)).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        failure?.Throw();
    }
}
