using System.Globalization;
using System.Text;
using ClosureScan.Benchmarks.Kernels;
using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan.Benchmarks.Closures;

/// <summary>
/// A store below a folder of its own, with one closure: its paths are named <c>/nix/store/…</c>, and Nix has their database where
/// Nix is installed. A path refers to the next one, to one further on, and to the last.
/// </summary>
internal sealed class StoreCorpus
{
    private readonly List<StorePath> _paths = [];
    private readonly StorePathHash[] _hashes;
    private readonly string _name;

    private StoreCorpus(string folder, string name, int count, int seed)
    {
        Root = Path.Combine(folder, name);
        _name = name;
        _hashes = Corpus.Hashes(count + seed)[seed..];
        Directory.CreateDirectory(StoreFolder);
        for (int index = 0; index < count; index++)
        {
            _paths.Add(StorePath.Parse($"{StorePath.DefaultStoreDirectory}/{_hashes[index]}-{name}-{index:D2}"));
        }
    }

    /// <summary>The folder that holds <c>nix/store</c>.</summary>
    public string Root { get; }

    /// <summary>Where the paths lie.</summary>
    public string StoreFolder => Root + StorePath.DefaultStoreDirectory;

    /// <summary>The paths: the root first, what all refer to last.</summary>
    public IReadOnlyList<StorePath> Paths => _paths;

    /// <summary>Whether Nix knows this store.</summary>
    public bool IsRegistered { get; private set; }

    /// <summary>Bytes of contents.</summary>
    public long ByteCount { get; private set; }

    /// <summary>Regular files.</summary>
    public int FileCount { get; private set; }

    /// <summary>Thousands of short text files, made up from a seed: half below 4 KiB, a long tail, as in a store.</summary>
    public static StoreCorpus MakeSources(string folder)
    {
        const int Paths = 48, FilesOfPath = 120;
        StoreCorpus corpus = new(folder, "sources", Paths, seed: 1000);
        byte[] text = Corpus.Make("text", 4 << 20, []);
        Random random = new(3);
        for (int path = 0; path < Paths; path++)
        {
            for (int file = 0; file < FilesOfPath; file++)
            {
                int length = (int)Math.Min(1 << 20, 400 * Math.Exp(8 * random.NextDouble() * random.NextDouble()));
                string reference = file % 12 == 5 ? corpus.ReferencesOf(path) : "";
                corpus.Write(path, $"share/{file / 30}/file-{file:D3}.h", text.AsSpan(random.Next(text.Length - length), length), reference);
            }
        }

        corpus.Register();
        return corpus;
    }

    /// <summary>The libraries and programs of the .NET installation that runs this, 300 MB at most, spread evenly over the paths.</summary>
    public static StoreCorpus MakePrograms(string folder)
    {
        const int Paths = 16;
        const long Budget = 300_000_000;
        string installation = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));
        List<FileInfo> files = [];
        long total = 0;
        foreach (FileInfo file in new DirectoryInfo(installation).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.LinkTarget is null && file.Length is > 4096 and < Budget / 4).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            if (total + file.Length <= Budget)
            {
                files.Add(file);
                total += file.Length;
            }
        }

        StoreCorpus corpus = new(folder, "programs", Paths, seed: 2000);
        long written = 0;
        for (int index = 0; index < files.Count; index++)
        {
            int path = (int)(written * Paths / total);
            corpus.Write(path, $"lib/{index:D5}-{files[index].Name}", File.ReadAllBytes(files[index].FullName), "");
            written += files[index].Length;
        }

        for (int path = 0; path < Paths; path++)
        {
            corpus.Write(path, "nix-support/propagated-build-inputs", [], corpus.ReferencesOf(path));
        }

        corpus.Register();
        return corpus;
    }

    private IEnumerable<int> Referenced(int path) =>
        new[] { path + 1, path + 7, _paths.Count - 1 }.Where(index => index > path && index < _paths.Count).Distinct();

    private string ReferencesOf(int path) => string.Concat(Referenced(path).Select(index => $"\n{_paths[index]}/lib\n"));

    private void Write(int path, string name, ReadOnlySpan<byte> contents, string references)
    {
        string file = Path.Combine(StoreFolder, _paths[path].BaseName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        byte[] bytes = [.. contents, .. Encoding.ASCII.GetBytes(references)];
        File.WriteAllBytes(file, bytes);
        ByteCount += bytes.Length;
        FileCount++;
    }

    // What nix-store --dump-db prints: path, hash, size, deriver, references with their number before them.
    private void Register()
    {
        if (!Shell.Has("nix-store"))
        {
            return;
        }

        StringBuilder registration = new();
        byte[] hash = new byte[NarHash.Length];
        for (int index = 0; index < _paths.Count; index++)
        {
            WalkOptions options = new() { ComputeNarHash = true };
            WalkResult walked = DirectoryWalk.Run(Path.Combine(StoreFolder, _paths[index].BaseName), new Walks.IdleVisitor(), options);
            walked.NarHash!.Value.CopyTo(hash);
            StorePath[] references = [.. Referenced(index).Select(reference => _paths[reference])];
            registration.Append(CultureInfo.InvariantCulture, $"{_paths[index]}\n{Convert.ToHexStringLower(hash)}\n{walked.NarSize}\n\n{references.Length}\n");
            registration.AppendJoin("", references.Select(reference => $"{reference}\n"));
        }

        Shell.Run($"nix-store --store {Shell.Quote("local?root=" + Root)} --load-db", registration.ToString());
        IsRegistered = true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{_name}: {_paths.Count} paths, {FileCount.ToString("N0", CultureInfo.InvariantCulture)} files";
}
