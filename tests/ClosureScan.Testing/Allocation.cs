namespace ClosureScan.Testing;

/// <summary>What code allocates.</summary>
public static class Allocation
{
    private const int Calls = 5;

    /// <summary>
    /// The bytes that a call allocates on its thread: the least of five, after one that warms up. The runtime, too, allocates on a thread of
    /// ours now and then, when it compiles a method anew or starts a pool, and on a busy machine in other calls than on a quiet one.
    /// </summary>
    public static long Of(Action call)
    {
        call();
        long least = long.MaxValue;
        for (int round = 0; round < Calls; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
