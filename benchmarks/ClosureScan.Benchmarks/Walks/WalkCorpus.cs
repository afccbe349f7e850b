namespace ClosureScan.Benchmarks.Walks;

/// <summary>A tree of many short files and one long file, made up from a seed, in a folder that is removed at the end.</summary>
internal sealed class WalkCorpus : IDisposable
{
    private const int Seed = 20250701;
    private const int ShortFiles = 5_000;
    private const int LongFile = 256 << 20;

    private readonly string _root = Directory.CreateTempSubdirectory("closurescan-walks-").FullName;

    public WalkCorpus()
    {
        Random random = new(Seed);
        byte[] bytes = new byte[LongFile];
        random.NextBytes(bytes);
        File.WriteAllBytes(PathOf("long"), bytes);
        for (int index = 0; index < ShortFiles; index++)
        {
            // Lengths as in a store: half below 4 KiB, a long tail.
            int length = (int)Math.Min(1 << 20, 400 * Math.Exp(4 * random.NextDouble() * random.NextDouble() * 2));
            string folder = Path.Combine(PathOf("many"), $"{index / 100:D2}");
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"file-{index:D4}.h"), bytes.AsSpan(random.Next(LongFile - length), length));
        }
    }

    /// <summary>The trees to walk.</summary>
    public string[] Paths => [PathOf("many"), PathOf("long")];

    /// <summary>Where a file for the run may be put.</summary>
    public string PathOf(string name) => Path.Combine(_root, name);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
