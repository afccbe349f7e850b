using System.Globalization;
using System.Text;
using ClosureScan.Benchmarks.Closures;
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
    private const int Rounds = 5;

    private static readonly int[] Counts = [1, 100, 5_000, 100_000];

    /// <summary>Runs the comparison over the named corpora, or over all, and tells the best kernel's worst figures to <paramref name="targets"/>.</summary>
    public static int Run(ReadOnlySpan<string> wanted, TargetTable targets)
    {
        string[] corpora = wanted.IsEmpty ? [.. Corpus.Names] : wanted.ToArray();
        ScanKernel[] kernels = [.. ScanKernels.Supported.Where(kernel => kernel != ScanKernel.Scalar)];
        Console.WriteLine("| corpus | hashes | reading memory | " + string.Join(" | ", kernels) + " |");
        Console.WriteLine("|---|---:|---:|" + string.Concat(kernels.Select(_ => "---:|")));
        StorePathHash[] hashes = Corpus.Hashes(Counts.Max());
        List<(string Corpus, int Hashes, KernelFigure Figure)> figures = [];
        foreach (string corpus in corpora)
        {
            foreach (int count in Counts)
            {
                KernelFigure figure = Measure(corpus, Corpus.Wanted(corpus, hashes[..count]), kernels);
                figures.Add((corpus, count, figure));
            }
        }

        AddTargets(figures, targets);

        Console.WriteLine();
        MeasurePreparation(hashes);
        Console.WriteLine();
        MeasureSmallFiles(ReferenceSet.Create(hashes[..5_000]), kernels);
        return 0;
    }

    private static void AddTargets(List<(string Corpus, int Hashes, KernelFigure Figure)> figures, TargetTable targets)
    {
        foreach (string corpus in (string[])["elf", "text", "zeros"])
        {
            if (figures.Where(figure => figure.Corpus == corpus).Select(figure => figure.Figure).ToArray() is { Length: > 0 } all)
            {
                KernelFigure worst = all.MinBy(figure => figure.Ratio);
                targets.Add(
                    $"kernel on {corpus}, 1 to 100,000 hashes",
                    0.8,
                    "reading memory",
                    string.Create(CultureInfo.InvariantCulture, $"{worst.Speed / 1e6:N0} of {worst.Ceiling / 1e6:N0} MB/s"),
                    worst.Ratio);
            }
        }

        foreach (string corpus in (string[])["hex", "base64", "base32-wall", "near-miss"])
        {
            foreach ((int from, int to, double target) in ((int, int, double)[])[(100, 5_000, 4e9), (100_000, 100_000, 1e9)])
            {
                double[] speeds = [.. figures.Where(figure => figure.Corpus == corpus && figure.Hashes >= from && figure.Hashes <= to).Select(figure => figure.Figure.Speed)];
                if (speeds.Length > 0)
                {
                    targets.Add(
                        string.Create(CultureInfo.InvariantCulture, $"kernel on {corpus}, {(from == to ? $"{to:N0}" : $"{from:N0} to {to:N0}")} hashes"),
                        string.Create(CultureInfo.InvariantCulture, $"{target / 1e9:0} GB/s"),
                        string.Create(CultureInfo.InvariantCulture, $"{speeds.Min() / 1e9:0.0} GB/s"),
                        speeds.Min() >= target);
                }
            }
        }
    }

    // What a set of hashes costs, its sorted array included.
    private static void MeasurePreparation(StorePathHash[] hashes)
    {
        Console.WriteLine("| ReferenceSet.Create of | ms of processor | MB |\n|---:|---:|---:|");
        foreach (int count in Counts)
        {
            double[] milliseconds = new double[Rounds];
            double megabytes = 0;
            for (int round = 0; round < Rounds; round++)
            {
                long before = GC.GetTotalMemory(forceFullCollection: true);
                double start = ThreadTime.Seconds;
                ReferenceSet references = ReferenceSet.Create(hashes[..count]);
                milliseconds[round] = (ThreadTime.Seconds - start) * 1e3;
                megabytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
                GC.KeepAlive(references);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {count:N0} hashes | {Median(milliseconds):0.##} | {megabytes:0.##} |"));
        }
    }

    // What a file costs that is smaller than any buffer: by ScanWhole, and in brackets by Reset and Scan.
    private static void MeasureSmallFiles(ReferenceSet references, ScanKernel[] kernels)
    {
        Console.WriteLine("| a file of text of | " + string.Join(" | ", kernels) + " |");
        Console.WriteLine("|---:|" + string.Concat(kernels.Select(_ => "---:|")));
        byte[] text = Corpus.Make("text", 1 << 16, []);
        foreach (int size in (int[])[20, 50, 200, 1_000, 5_000])
        {
            var row = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"| {size:N0} bytes |"));
            foreach (ScanKernel kernel in kernels)
            {
                var scanner = new ReferenceScanner(references, kernel);
                double[] whole = new double[Rounds];
                double[] reset = new double[Rounds];
                for (int round = 0; round < Rounds; round++)
                {
                    whole[round] = NanosecondsOfSmallFile(scanner, text, size, whole: true);
                    reset[round] = NanosecondsOfSmallFile(scanner, text, size, whole: false);
                }

                row.Append(CultureInfo.InvariantCulture, $" {Median(whole):N1} ns ({Median(reset):N1}) |");
            }

            Console.WriteLine(row);
        }
    }

    private static double NanosecondsOfSmallFile(ReferenceScanner scanner, ReadOnlySpan<byte> text, int size, bool whole)
    {
        const int Files = 200_000;
        var sink = default(TallySink);
        double before = ThreadTime.Seconds;
        for (int file = 0; file < Files; file++)
        {
            ReadOnlySpan<byte> bytes = text.Slice(file % 4096, size);
            if (whole)
            {
                scanner.ScanWhole(bytes, ref sink);
            }
            else
            {
                scanner.Reset();
                scanner.Scan(bytes, ref sink);
            }
        }

        return (ThreadTime.Seconds - before) / Files * 1e9;
    }

    private static KernelFigure Measure(string corpus, StorePathHash[] hashes, ScanKernel[] kernels)
    {
        byte[] bytes = Corpus.Make(corpus, Length, hashes);
        ReferenceSet references = ReferenceSet.Create(hashes);
        var ceiling = new double[Rounds];
        double[][] speeds = [.. kernels.Select(_ => new double[Rounds])];
        foreach (ScanKernel kernel in kernels)
        {
            TallySink.CheckAgainstOracle(kernel, bytes.AsSpan(0, Checked), references);
        }

        for (int round = 0; round < Rounds; round++)
        {
            ceiling[round] = Speed(() => MemoryRead.Xor(bytes));
            for (int kernel = 0; kernel < kernels.Length; kernel++)
            {
                ScanKernel measured = kernels[kernel];
                speeds[kernel][round] = Speed(() => TallySink.Of(measured, bytes, references).Sum);
            }
        }

        double read = Median(ceiling);
        var row = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"| {corpus} | {hashes.Length:N0} | {read / 1e6:N0} |"));
        foreach (double[] speed in speeds)
        {
            row.Append(CultureInfo.InvariantCulture, $" {Median(speed) / 1e6:N0} ({Median(speed) / read:0.00}) |");
        }

        Console.WriteLine(row);
        return new KernelFigure(Median(speeds[0]), read);
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
