namespace ClosureScan.Cli;

/// <summary>
/// Whether the system lets this process have threads at all: an account's <c>ulimit -u</c> or a container's limit of processes may be used up. .NET needs a few of its own
/// for signals and its pool, and where it cannot start one it aborts or waits for ever, before a program can say why. So it is tried before.
/// </summary>
internal static class ThreadLimit
{
    // One for signals, one that watches the pool, and as many again as a small scan works with.
    private const int Least = 6;

    // A thread that waits needs next to none.
    private const int StackSize = 128 * 1024;

    /// <summary>Starts as many threads as it takes, and ends them.</summary>
    /// <exception cref="CommandException">The system refused one.</exception>
    public static void Check()
    {
        using ManualResetEvent end = new(false);
        List<Thread> threads = new(Least);
        try
        {
            while (threads.Count < Least)
            {
                Thread thread = new(() => end.WaitOne(), StackSize);
                thread.Start();
                threads.Add(thread);
            }
        }
        catch (OutOfMemoryException)
        {
            // This is what .NET throws then.
            StandardStreams.AvoidConsole();
            throw Refused();
        }
        finally
        {
            end.Set();
            threads.ForEach(thread => thread.Join());
        }
    }

    /// <summary>What is said where the system refuses a thread.</summary>
    public static CommandException Refused() => new(
        ExitCode.Incomplete, $"the system lets this account or container start no more threads. Raise its limit (ulimit -u, a container's pids limit), or end other programs; fewer --jobs need less.");
}
