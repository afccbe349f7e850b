using ClosureScan.Benchmarks.Kernels;
using ClosureScan.Benchmarks.Walks;

namespace ClosureScan.Benchmarks.Closures;

/// <summary><c>-- all</c>: closures, kernels and walks in one run; what has to be reached comes first, then all tables. What benchmarks/run.sh runs.</summary>
internal static class Everything
{
    /// <summary>Runs and prints all.</summary>
    /// <returns>0, or 1 when something could not be measured.</returns>
    public static int Run() => Run(closuresOnly: false, []);

    /// <summary>Runs and prints the trials of closures alone.</summary>
    /// <returns>0, or 1 when something could not be measured.</returns>
    public static int RunClosures(string[] trials) => Run(closuresOnly: true, trials);

    private static int Run(bool closuresOnly, string[] trials)
    {
        TextWriter output = Console.Out;
        string machine = Machine.Describe();
        TargetTable targets = new();
        using StringWriter details = new();
        int status;
        try
        {
            Console.SetOut(details);
            if (!closuresOnly)
            {
                Console.Error.WriteLine("measuring: kernels");
                Console.WriteLine("\n## Searching memory\n\nMB/s over the thread's own processor time; in brackets the ratio to reading memory.\n");
                KernelComparison.Run([], targets);
            }

            Console.WriteLine("\n## Closures, pipes and caches");
            status = ClosureComparison.Run(targets, trials);
            if (!closuresOnly)
            {
                Console.Error.WriteLine("measuring: walks");
                Console.WriteLine("\n## Walks without a search");
                WalkComparison.Run([]);
            }
        }
        finally
        {
            Console.SetOut(output);
        }

        Console.WriteLine($"# What is reached\n\n{machine}\n{targets}{details}");
        return status;
    }
}
