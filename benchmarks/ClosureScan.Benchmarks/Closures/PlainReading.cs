using Microsoft.Win32.SafeHandles;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>The ceiling of a scan from disk: reads the same files into a buffer and looks at nothing.</summary>
internal static class PlainReading
{
    private const int BufferSize = 1 << 20;

    /// <summary>Reads all files, each thread the next one, in pieces of 1 MiB.</summary>
    /// <returns>How many bytes that were.</returns>
    public static long Read(string[] files, int threads)
    {
        int next = -1;
        long total = 0;
        void Work()
        {
            byte[] buffer = new byte[BufferSize];
            long sum = 0;
            for (int index = Interlocked.Increment(ref next); index < files.Length; index = Interlocked.Increment(ref next))
            {
                sum += Read(files[index], buffer);
            }

            Interlocked.Add(ref total, sum);
        }

        Thread[] others = [.. Enumerable.Range(1, threads - 1).Select(_ => new Thread(Work))];
        Array.ForEach(others, thread => thread.Start());
        Work();
        Array.ForEach(others, thread => thread.Join());
        return total;
    }

    private static long Read(string file, byte[] buffer)
    {
        using SafeFileHandle handle = File.OpenHandle(file);
        long offset = 0;
        while (RandomAccess.Read(handle, buffer, offset) is > 0 and int count)
        {
            offset += count;
        }

        return offset;
    }
}
