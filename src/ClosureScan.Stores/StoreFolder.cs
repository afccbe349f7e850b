using ClosureScan.Media;
using ClosureScan.Paths;
using ClosureScan.Stores.BinaryCache;
using ClosureScan.Stores.Directories;
using ClosureScan.Stores.Local;

namespace ClosureScan.Stores;

/// <summary>Tells what kind of store a folder is.</summary>
internal static class StoreFolder
{
    /// <summary>Opens the store that the folder <paramref name="uri"/> names holds or is.</summary>
    /// <exception cref="StoreException">It is none.</exception>
    public static IStore Open(StoreUri uri)
    {
        uri.AllowParameters();
        string folder = Path.GetFullPath(uri.Path);
        if (File.Exists(folder))
        {
            throw new StoreUriException($"{uri.Text} is a file, and a store is a folder. To look into a NAR or another file use: closurescan refs {uri.Text}");
        }

        if (!Directory.Exists(folder))
        {
            throw new StoreUriException($"There is no store {uri.Text}: no such folder. Known stores:\n{MessageText.Lines(Store.KnownUris.Split('\n'))}");
        }

        try
        {
            return TryOpen(uri.Text, folder)
                ?? throw new StoreUriException(
                    $"{uri.Text} is no store: it has no {CacheInfo.FileName} and no narinfo files, no nix/store, and no store paths. Known stores:\n{MessageText.Lines(Store.KnownUris.Split('\n'))}");
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StoreException($"The store {uri.Text} cannot be listed: {exception.Message}", exception);
        }
    }

    private static DirectoryStore? TryOpenDirectory(string location, string directory) =>
        Directory.Exists(directory) ? DirectoryStore.TryOpen(location, directory, StorePath.DefaultStoreDirectory) : null;

    private static IStore? TryOpen(string location, string folder)
    {
        if (File.Exists(Path.Combine(folder, CacheInfo.FileName))
            || Directory.EnumerateFiles(folder, "*" + BinaryCacheStore.NarInfoExtension).Any())
        {
            return FolderCacheStore.Open(location, folder);
        }

        if (folder == LocalStoreLocation.DefaultStoreDirectory)
        {
            return LocalStoreLocation.OpenDefault(StoreUri.Parse("auto"));
        }

        return LocalStoreLocation.TryOpenRoot(location, folder)
            ?? (folder.EndsWith(StorePath.DefaultStoreDirectory, StringComparison.Ordinal)
                ? LocalStoreLocation.TryOpenRoot(location, folder[..^StorePath.DefaultStoreDirectory.Length])
                : null)
            ?? TryOpenDirectory(location, folder + StorePath.DefaultStoreDirectory)
            ?? TryOpenDirectory(location, folder);
    }
}
