using System.Collections.Frozen;
using ClosureScan.Containers;
using ClosureScan.Paths;
using ClosureScan.Stores.Compression;
using ClosureScan.Walking;
using Microsoft.Win32.SafeHandles;

namespace ClosureScan.Stores.Images;

/// <summary>
/// The store inside an image: of a disk or a file system, a docker or OCI archive, a squashfs, an initial RAM disk, compressed or not. It is read once, its contents are kept in a temporary
/// file. Nothing in it tells references; who scans finds them.
/// </summary>
internal sealed class ImageStore : IListableStore
{
    private readonly ImageTree _tree;
    private readonly FrozenDictionary<StorePath, ImageNode> _paths;

    private ImageStore(string location, string storeDirectory, ImageTree tree, FrozenDictionary<StorePath, ImageNode> paths)
    {
        Location = location;
        Directory = storeDirectory;
        _tree = tree;
        _paths = paths;
    }

    public string Directory { get; }

    public string Location { get; }

    /// <summary>Opens <c>image:FILE</c>; <c>?store=DIR</c> says what its store directory is.</summary>
    /// <exception cref="StoreException">It cannot be read, is no image, or holds no store.</exception>
    public static ImageStore Open(StoreUri uri, CancellationToken cancellationToken)
    {
        uri.AllowParameters("store");
        string directory = uri.Parameters.GetValueOrDefault("store") ?? StorePath.DefaultStoreDirectory;
        ImageTree tree = new(directory);
        ImageLoader loader = new(tree, ContentDecoders.All);
        try
        {
            using SafeFileHandle file = File.OpenHandle(uri.Path);
            loader.Load(new ByteSource(new FileBytes(file), 0, RandomAccess.GetLength(file)), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException)
        {
            tree.Close();
            throw new StoreException($"The image {uri.Path} cannot be read: {exception.Message}", exception);
        }
        catch (ExpansionException exception)
        {
            tree.Close();
            throw new StoreException($"The image {uri.Path} expands to more than 64 MiB and two hundred times its length; unpack it and scan that.", exception);
        }

        Dictionary<StorePath, ImageNode> paths = [];
        foreach ((string baseName, ImageNode node) in tree.Paths)
        {
            if (StorePath.TryParseBaseName(directory, baseName, out StorePath? path))
            {
                paths[path] = node;
            }
        }

        if (paths.Count > 0)
        {
            return new ImageStore(uri.Text, directory, tree, paths.ToFrozenDictionary());
        }

        tree.Close();
        string found = loader.LeftOut.Count > 0 ? $"a part of it was not read: {loader.LeftOut[0]}"
            : loader.IsImage ? $"nothing in it lies in {directory} (another one: image:FILE?store=DIR)"
            : "it is none of the known images: disk, ext4, FAT, squashfs, tar (docker, OCI), cpio (initial RAM disk), zip, compressed or not";
        throw new StoreException($"The image {uri.Path} holds no store: {found}.");
    }

    public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(_paths.ContainsKey(path) ? new PathInfo { Path = path } : null);
    }

    public IAsyncEnumerable<StorePath> ListAsync(CancellationToken cancellationToken = default) => _paths.Keys.ToAsyncEnumerable();

    public ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(info);
        return _paths.TryGetValue(info.Path, out ImageNode? node)
            ? new(StoreContents.Nar(new PieceStream(_tree.Dump(node))))
            : throw new StoreException($"{info.Path} is not in {Location}.");
    }

    public ValueTask DisposeAsync()
    {
        _tree.Close();
        return ValueTask.CompletedTask;
    }

    private sealed class FileBytes(SafeFileHandle file) : IFileBytes
    {
        public int Read(long offset, Span<byte> destination) => RandomAccess.Read(file, destination, offset);
    }
}
