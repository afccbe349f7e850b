using ClosureScan.Analysis;
using ClosureScan.Analysis.Findings;
using ClosureScan.Nar;
using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan.Samples;

/// <summary>A store of one's own is three members: here archives in memory, of which nobody knows the references.</summary>
public sealed class OwnStore(IReadOnlyDictionary<StorePath, byte[]> archives) : IStore
{
    public string Directory => StorePath.DefaultStoreDirectory;

    public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default) =>
        new(archives.TryGetValue(path, out byte[]? archive) ? new PathInfo { Path = path, NarSize = archive.Length, References = [] } : null);

    public ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default) =>
        new(StoreContents.Nar(archives[info.Path]));

    public static async Task RunAsync(TextWriter output, CancellationToken stop)
    {
        StorePath image = StorePath.Parse("/nix/store/k21llvfzm2xmp220yyhrgsgajcqkzx1f-image-armv7l-unknown-linux-gnueabihf-1.0");
        await using IStore store = new OwnStore(new Dictionary<StorePath, byte[]> { [image] = Script("#!/nix/var/bin/sh\necho hello\n") });
        ClosureReport report = await Closure.ScanAsync(store, image.ToString(), cancellationToken: stop);
        output.WriteLine($"host {report.Host?.System}, {report.FileCount} file, {report.ByteCount} bytes");
        foreach (Finding finding in report.Findings)
        {
            output.WriteLine($"{finding.Rule} {finding.Occurrences[0].File}: {finding.Fix}");
        }
    }

    private static byte[] Script(string text)
    {
        byte[] contents = System.Text.Encoding.UTF8.GetBytes(text);
        MemoryStream stream = new();
        NarWriter nar = new(stream);
        nar.BeginDirectory([]);
        nar.BeginFile("start"u8, contents.Length, executable: true);
        nar.WriteContents(contents);
        nar.EndDirectory();
        return stream.ToArray();
    }
}
