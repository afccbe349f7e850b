using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using ClosureScan.Walking;

namespace ClosureScan.Benchmarks.Walks;

/// <summary>
/// <c>-- walks [path...]</c>: the walks with a visitor that does nothing, beside tar, Nix and plain reading of the same bytes, in
/// rounds that go through all of them in turn. Everything is in the page cache. Wall clock, because system calls, other
/// processes and threads are what is compared; prints a Markdown table of medians.
/// </summary>
internal static class WalkComparison
{
    private const int Rounds = 7;
    private const int ReadSize = 1 << 20;

    private static readonly (string Name, Func<Subject, long> Run)[] Contestants =
    [
        ("tar cf - \\| wc -c", subject => Shell($"tar cf - '{subject.Tree}' 2>/dev/null | wc -c", subject)),
        ("nix-store --dump \\| wc -c", subject => Shell($"nix-store --dump '{subject.Tree}' | wc -c", subject)),
        ("DirectoryWalk", subject => DirectoryWalk.Run(subject.Tree, new IdleVisitor()).NarSize),
        ("DirectoryWalk, hashing", subject => DirectoryWalk.Run(subject.Tree, new IdleVisitor(), Hashing).NarSize),
        ("the NAR: reading it in pieces of 1 MiB", subject => Drain(new FileStream(subject.Nar, FileMode.Open, FileAccess.Read, FileShare.Read, 0))),
        ("the NAR: NarWalk", subject => Walk(NarSource.OpenFile(subject.Nar), null)),
        ("the NAR: NarWalk, hashing", subject => Walk(NarSource.OpenFile(subject.Nar), Hashing)),
        ("the NAR through a pipe: reading it", subject => Piped(subject, Drain)),
        ("the NAR through a pipe: NarWalk", subject => Piped(subject, pipe => Walk(NarSource.FromStream(pipe), null))),
    ];

    private static WalkOptions Hashing { get; } = new() { ComputeNarHash = true };

    /// <summary>Runs the comparison over the given trees, or over made-up ones.</summary>
    public static int Run(ReadOnlySpan<string> paths)
    {
        using WalkCorpus corpus = new();
        foreach (string path in paths.IsEmpty ? corpus.Paths : paths)
        {
            string nar = corpus.PathOf("subject.nar");
            using (FileStream file = File.Create(nar))
            {
                NarDump.Write(path, file);
            }

            Measure(new Subject(path, nar, new FileInfo(nar).Length));
        }

        return 0;
    }

    private static void Measure(Subject subject)
    {
        var seconds = Contestants.Select(_ => new List<double>()).ToArray();
        for (int round = 0; round <= Rounds; round++)
        {
            for (int index = 0; index < Contestants.Length; index++)
            {
                long start = Stopwatch.GetTimestamp();
                long size = Contestants[index].Run(subject);
                double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (size != subject.Size)
                {
                    throw new InvalidOperationException($"{Contestants[index].Name} saw {size} bytes of {subject.Size}.");
                }

                // The first round fills the page cache and compiles.
                if (round > 0)
                {
                    seconds[index].Add(elapsed);
                }
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{subject.Tree}: {subject.Size / 1e6:N1} MB as a NAR\n"));
        Console.WriteLine("| | ms | MB/s |\n|---|---:|---:|");
        for (int index = 0; index < Contestants.Length; index++)
        {
            double median = seconds[index].Order().ElementAt(Rounds / 2);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {Contestants[index].Name} | {median * 1e3:N1} | {subject.Size / 1e6 / median:N0} |"));
        }
    }

    private static long Walk(PipeReader pipe, WalkOptions? options)
    {
        long size = NarWalk.RunAsync(pipe, new IdleVisitor(), options).AsTask().GetAwaiter().GetResult().NarSize;
        pipe.Complete();
        return size;
    }

    private static long Drain(Stream stream)
    {
        using (stream)
        {
            byte[] buffer = new byte[ReadSize];
            long size = 0;
            while (stream.Read(buffer) is > 0 and int read)
            {
                size += read;
            }

            return size;
        }
    }

    private static long Piped(Subject subject, Func<Stream, long> read)
    {
        using Process process = Process.Start(new ProcessStartInfo("cat", [subject.Nar]) { RedirectStandardOutput = true })!;
        long size = read(process.StandardOutput.BaseStream);
        process.WaitForExit();
        return size;
    }

    // tar's own framing has another size, so what is checked is that something came out.
    private static long Shell(string command, Subject subject)
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return long.Parse(output, CultureInfo.InvariantCulture) > 0 ? subject.Size : 0;
    }

    private sealed record Subject(string Tree, string Nar, long Size);
}
