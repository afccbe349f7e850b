using ClosureScan.Benchmarks.Kernels;
using ClosureScan.Scanning;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>One large file on disk by one thread, beside plain reading of it.</summary>
/// <remarks>
/// How fast plain reading is depends on how the file was written: Nix unpacks NARs in pieces of 64 KiB, which the page cache of Linux then
/// holds in pieces of that size; from one call it makes larger ones, which are copied half as fast again.
/// </remarks>
internal static class LargeFileTrial
{
    private const int Length = 512 << 20;
    private const int PieceOfNix = 64 << 10;

    /// <summary>Runs the races.</summary>
    /// <returns>The file.</returns>
    public static string Run(TargetTable targets, string scratch)
    {
        byte[] bytes = Corpus.Make("elf", Length, []);
        Run(targets, scratch, bytes, Length, "one large file written at once");
        return Run(targets, scratch, bytes, PieceOfNix, "one large file");
    }

    private static string Run(TargetTable targets, string scratch, byte[] bytes, int piece, string what)
    {
        const string Scan = "PathScanner.ScanDirectory", Read = "reading in pieces of 1 MiB";
        string file = Path.Combine(scratch, "large");
        File.Delete(file);
        using (FileStream stream = new(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            for (int start = 0; start < bytes.Length; start += piece)
            {
                stream.Write(bytes.AsSpan(start, piece));
            }
        }

        PathScanner scanner = new(ReferenceSet.Create(Corpus.Hashes(5_000)));
        var race = new Race($"{char.ToUpperInvariant(what[0])}{what[1..]}, ELF, 5,000 hashes, warm, one thread");
        race.Add(Read, () => PlainReading.Read([file], 1));
        race.Add(Scan, () => scanner.ScanDirectory(file));
        RaceResult result = race.Run(Length);
        targets.Add($"directory scan, warm, one thread, {what}", 0.8, "plain reading", result.Speeds(Scan, Read), result.Ratio(Scan, Read));
        return file;
    }
}
