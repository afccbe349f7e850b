using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Samples;

/// <summary>Store paths and hashes in any bytes: first those that nobody told, then every place that holds one of their hashes.</summary>
public static class Bytes
{
    public static async Task RunAsync(string file, TextWriter output, CancellationToken stop)
    {
        List<StorePath> paths = [];
        await using (Stream stream = File.OpenRead(file))
        {
            await foreach (StorePathHit hit in ReferenceFinder.FindStorePathsAsync(stream, cancellationToken: stop))
            {
                paths.Add(hit.Path);
                output.WriteLine($"{hit.Path} spelled out at byte {hit.Offset}");
            }
        }

        ReferenceSet wanted = ReferenceSet.Create(paths);
        foreach (ReferenceHit hit in ReferenceFinder.Find(await File.ReadAllBytesAsync(file, stop), wanted))
        {
            output.WriteLine($"{hit.Target} at byte {hit.Offset}");
        }
    }
}
