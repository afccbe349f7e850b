using ClosureScan.Input;
using ClosureScan.Paths;
using ClosureScan.Stores.Compression;

namespace ClosureScan.Stores.BinaryCache;

/// <summary>The files of a binary cache in a folder.</summary>
internal sealed class FolderFiles(string directory) : ICacheFiles
{
    private readonly string _directory = Path.GetFullPath(directory);

    public string NameOf(string file) => Path.Combine(_directory, file);

    // A file of a kilobyte: to wait for it on another thread takes several times as long as to read it.
    public ValueTask<byte[]?> ReadAsync(string file, int most, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = NameOf(file);
        try
        {
            return new(InputFile.ReadText(path, most));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new((byte[]?)null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    public ValueTask<CacheFile> OpenAsync(string url, CompressionMethod method, long? fileSize, CancellationToken cancellationToken)
    {
        // A name that leads out of the cache is no name of a file in it.
        string file = Path.GetFullPath(NameOf(url));
        if (!file.StartsWith(_directory + "/", StringComparison.Ordinal))
        {
            throw new StoreException($"its URL \"{url}\" leads out of the cache.");
        }

        try
        {
            FileStream source = InputFile.Open(file);
            return new(new CacheFile(source, file, source.CanSeek && fileSize is { } told && told != source.Length
                ? $"The file has {source.Length} bytes, and the narinfo says {told}. "
                : ""));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"it cannot be opened: {exception.Message}", exception) { Place = file };
        }
    }

    /// <summary>The hashes of all narinfos.</summary>
    /// <exception cref="StoreException">The folder cannot be listed.</exception>
    public IEnumerable<StorePathHash> List()
    {
        string[] files;
        try
        {
            files = Directory.GetFiles(_directory, "*" + BinaryCacheStore.NarInfoExtension);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The binary cache {_directory} cannot be listed: {exception.Message}", exception);
        }

        foreach (string file in files)
        {
            if (StorePathHash.TryParse(Path.GetFileNameWithoutExtension(file.AsSpan()), out StorePathHash hash))
            {
                yield return hash;
            }
        }
    }

    public void Dispose()
    {
    }
}
