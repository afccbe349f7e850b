using System.Collections.Frozen;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Directories;

/// <summary>
/// The store paths in a directory at one time. What is not named as a store path is none: <c>.links</c>, locks, temporary
/// directories. Of two paths with one hash, which only a broken store has, the first by name counts.
/// </summary>
internal sealed class DirectoryListing
{
    private readonly FrozenSet<StorePath> _paths;

    private DirectoryListing(string storeDirectory, IEnumerable<StorePath> paths)
    {
        StoreDirectory = storeDirectory;
        All = [.. paths.Order().DistinctBy(path => path.Hash)];
        _paths = All.ToFrozenSet();
    }

    /// <summary>The directory that the paths name.</summary>
    public string StoreDirectory { get; }

    /// <summary>All paths, sorted.</summary>
    public StorePath[] All { get; }

    /// <summary>How many paths.</summary>
    public int Count => All.Length;

    /// <summary>Lists <paramref name="directory"/>.</summary>
    /// <exception cref="StoreException">It cannot be listed.</exception>
    public static DirectoryListing List(string directory, string storeDirectory)
    {
        try
        {
            List<StorePath> paths = [];
            foreach (string entry in Directory.EnumerateFileSystemEntries(directory))
            {
                if (IsFinished(entry) && StorePath.TryParseBaseName(storeDirectory, Path.GetFileName(entry.AsSpan()), out StorePath? path))
                {
                    paths.Add(path);
                }
            }

            return new DirectoryListing(storeDirectory, paths);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The directory {directory} cannot be listed: {exception.Message}", exception);
        }
    }

    /// <summary>Whether <paramref name="path"/> is in the listing.</summary>
    public bool Contains(StorePath path) => _paths.Contains(path);

    /// <summary>
    /// Whether it is none of what Nix keeps beside a path while it builds it: the empty file <c>NAME.lock</c>, the directory
    /// <c>NAME.chroot</c>, and <c>NAME.check</c> beside the first build. <c>…-Cargo.lock</c> with contents is a path like any other.
    /// </summary>
    private static bool IsFinished(string entry) => Path.GetExtension(entry.AsSpan()) switch
    {
        ".lock" => new FileInfo(entry) is not { Exists: true, Length: 0 },
        ".chroot" => false,
        ".check" => !Path.Exists(entry[..^".check".Length]),
        _ => true,
    };
}
