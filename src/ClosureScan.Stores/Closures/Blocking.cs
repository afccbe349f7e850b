namespace ClosureScan.Stores.Closures;

/// <summary>Waits on a thread that has nothing else to do: a job's own. Never on one of the thread pool.</summary>
internal static class Blocking
{
    /// <summary>The result of a task that may run elsewhere.</summary>
    public static T Wait<T>(ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : task.AsTask().GetAwaiter().GetResult();

    /// <summary>The end of a task that may run elsewhere.</summary>
    public static void Wait(ValueTask task)
    {
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
        }
        else
        {
            task.AsTask().GetAwaiter().GetResult();
        }
    }
}
