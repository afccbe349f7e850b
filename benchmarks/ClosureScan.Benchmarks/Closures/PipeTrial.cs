using System.Diagnostics;
using System.IO.Pipelines;
using System.Security.Cryptography;
using ClosureScan.Scanning;
using ClosureScan.Walking;
using ClosureScan.Walking.Disk;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>A NAR that another process writes into a pipe, beside the pipe itself and SHA-256.</summary>
internal static class PipeTrial
{
    private const int SetPipeSize = 1031;
    private const int BufferSize = 1 << 20;

    /// <summary>Runs the race.</summary>
    /// <returns>The NAR.</returns>
    public static string Run(StoreCorpus corpus, TargetTable targets, string scratch)
    {
        const string Drain = "cat \\| reading in pieces of 1 MiB", Scan = "cat \\| PathScanner.ScanNarAsync",
            Verify = "cat \\| PathScanner.ScanNarAsync, hashing", Sum = "sha256sum", Sha = "SHA-256 of .NET over the file";
        string nar = Path.Combine(scratch, "programs.nar");
        using (FileStream file = File.Create(nar))
        {
            NarDump.Write(corpus.StoreFolder, file);
        }

        ReferenceSet references = ReferenceSet.Create(corpus.Paths);
        PathScanner plain = new(references);
        PathScanner hashing = new(references, new ScanOptions { ComputeNarHash = true });
        var race = new Race($"The NAR of {corpus}, through a pipe of 1 MiB");
        race.Add(Drain, () => Piped(nar, Read));
        race.Add(Scan, () => Piped(nar, stream => ScanNar(plain, stream)));
        race.Add(Verify, () => Piped(nar, stream => ScanNar(hashing, stream)));
        race.Add(Sum, () => Shell.Run($"sha256sum {Shell.Quote(nar)}"));
        race.Add(Sha, () => HashFile(nar));
        RaceResult result = race.Run(new FileInfo(nar).Length);
        targets.Add("uncompressed NAR through a pipe, hash verified", 0.9, "sha256sum alone", result.Speeds(Verify, Sum), result.Ratio(Verify, Sum));
        targets.Add("the same, against the SHA-256 that .NET uses", 0.9, "it alone, from a file", result.Speeds(Verify, Sha), result.Ratio(Verify, Sha));
        targets.Add("uncompressed NAR through a pipe, unverified", 0.7, "the pipe's ceiling", result.Speeds(Scan, Drain), result.Ratio(Scan, Drain));
        return nar;
    }

    private static void HashFile(string nar)
    {
        using FileStream file = new(nar, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferSize];
        while (file.Read(buffer) is > 0 and int count)
        {
            hash.AppendData(buffer, 0, count);
        }

        GC.KeepAlive(hash.GetHashAndReset());
    }

    private static void ScanNar(PathScanner scanner, Stream stream)
    {
        PipeReader pipe = NarSource.FromStream(stream);
        scanner.ScanNarAsync(pipe).AsTask().GetAwaiter().GetResult();
        pipe.Complete();
    }

    private static void Read(Stream stream)
    {
        byte[] buffer = new byte[BufferSize];
        while (stream.Read(buffer) > 0)
        {
        }
    }

    // Widened as NarSource widens standard input.
    private static void Piped(string nar, Action<Stream> read)
    {
        using Process process = Process.Start(new ProcessStartInfo("cat", [nar]) { RedirectStandardOutput = true })!;
        Stream stream = process.StandardOutput.BaseStream;
        if (OperatingSystem.IsLinux() && stream is System.IO.Pipes.AnonymousPipeClientStream pipe)
        {
            _ = Libc.Control((int)pipe.SafePipeHandle.DangerousGetHandle(), SetPipeSize, BufferSize);
        }

        read(stream);
        process.WaitForExit();
    }
}
