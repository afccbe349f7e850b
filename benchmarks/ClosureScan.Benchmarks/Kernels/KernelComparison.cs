using System.Globalization;
using System.Text;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Scanning.Kernels;

namespace ClosureScan.Benchmarks.Kernels;

/// <summary>
/// <c>-- kernels [corpus...]</c>: every kernel on every corpus, in rounds that go through the ceiling and all kernels in turn,
/// so that each figure is also a ratio to what memory gave in the same moment. Prints a Markdown table of medians.
/// </summary>
internal static class KernelComparison
{
    private const int Length = 48 << 20;
    private const int Checked = 2 << 20;
    private const int Rounds = 7;

    private static readonly int[] Counts = [1, 100, 5_000, 100_000];

    /// <summary>Runs the comparison over the named corpora, or over all.</summary>
    public static int Run(ReadOnlySpan<string> wanted)
    {
        string[] corpora = wanted.IsEmpty ? [.. Corpus.Names] : wanted.ToArray();
        ScanKernel[] kernels = [.. ScanKernels.Supported.Where(kernel => kernel != ScanKernel.Scalar)];
        Console.WriteLine("| corpus | hashes | reading memory | " + string.Join(" | ", kernels) + " |");
        Console.WriteLine("|---|---:|---:|" + string.Concat(kernels.Select(_ => "---:|")));
        StorePathHash[] hashes = Corpus.Hashes(Counts.Max());
        foreach (string corpus in corpora)
        {
            foreach (int count in Counts)
            {
                Measure(corpus, hashes[..count], kernels);
            }
        }

        return 0;
    }

    private static void Measure(string corpus, StorePathHash[] hashes, ScanKernel[] kernels)
    {
        byte[] bytes = Corpus.Make(corpus, Length, hashes);
        ReferenceSet references = ReferenceSet.Create(hashes);
        TallySink expected = Search(ScanKernel.Scalar, bytes.AsSpan(0, Checked), references);
        var ceiling = new double[Rounds];
        double[][] speeds = [.. kernels.Select(_ => new double[Rounds])];
        foreach (ScanKernel kernel in kernels)
        {
            TallySink found = Search(kernel, bytes.AsSpan(0, Checked), references);
            if (found.Count != expected.Count || found.Sum != expected.Sum)
            {
                throw new InvalidOperationException($"{kernel} finds {found.Count} in {corpus} where there are {expected.Count}.");
            }
        }

        for (int round = 0; round < Rounds; round++)
        {
            ceiling[round] = Speed(() => MemoryRead.Xor(bytes));
            for (int kernel = 0; kernel < kernels.Length; kernel++)
            {
                ScanKernel measured = kernels[kernel];
                speeds[kernel][round] = Speed(() => Search(measured, bytes, references).Sum);
            }
        }

        double read = Median(ceiling);
        var row = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"| {corpus} | {hashes.Length:N0} | {read / 1e6:N0} |"));
        foreach (double[] speed in speeds)
        {
            row.Append(CultureInfo.InvariantCulture, $" {Median(speed) / 1e6:N0} ({Median(speed) / read:0.00}) |");
        }

        Console.WriteLine(row);
    }

    private static TallySink Search(ScanKernel kernel, ReadOnlySpan<byte> bytes, ReferenceSet references)
    {
        var sink = default(TallySink);
        ScanKernels.Search(kernel, bytes, 0, references, ref sink);
        return sink;
    }

    private static double Speed(Func<ulong> work)
    {
        double before = ThreadTime.Seconds;
        GC.KeepAlive(work());
        return Length / (ThreadTime.Seconds - before);
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
