using System.Text;
using ClosureScan.Paths;

namespace ClosureScan.Stores.BinaryCache;

/// <summary>What <c>nix-cache-info</c> says that matters here: which store the paths are for.</summary>
internal static class CacheInfo
{
    /// <summary>The file's name.</summary>
    public const string FileName = "nix-cache-info";

    // A real one has three lines.
    private const int MaxLength = 64 * 1024;

    /// <summary>The StoreDir of a cache; that of nearly every store where it is not told.</summary>
    /// <exception cref="StoreException">The file cannot be read, or the directory is malformed.</exception>
    public static async ValueTask<string> ReadStoreDirectoryAsync(ICacheFiles files, CancellationToken cancellationToken)
    {
        byte[] bytes = await files.ReadAsync(FileName, MaxLength, cancellationToken).ConfigureAwait(false) ?? [];
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');
        string store = StorePath.DefaultStoreDirectory;
        for (int index = 0; index < lines.Length; index++)
        {
            int colon = lines[index].IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                // Nix skips such lines as well.
                continue;
            }

            if (lines[index].AsSpan(0, colon) is "StoreDir")
            {
                store = lines[index][(colon + 1)..].Trim();
                if (store.Length < 2 || store[0] != '/' || store[^1] == '/')
                {
                    throw new StoreException($"{files.NameOf(FileName)}: line {index + 1}: the StoreDir \"{store}\" is no absolute directory.");
                }
            }
        }

        return store;
    }
}
