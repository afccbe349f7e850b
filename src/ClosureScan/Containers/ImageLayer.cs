using System.Text;
using ClosureScan.Nar;
using ClosureScan.Paths;

namespace ClosureScan.Containers;

/// <summary>
/// The store in one container of an image: its own entries, and those of lower layers that it removes. In the layers of docker and OCI a file <c>.wh.NAME</c> removes
/// NAME, and <c>.wh..wh..opq</c> all that lower layers have in its directory (OCI Image Format Specification 1.1, "Representing Changes").
/// </summary>
/// <param name="storeDirectory">The directory of the store, <c>/nix/store</c>.</param>
/// <param name="isNested">Whether the container lies in another one.</param>
internal sealed class ImageLayer(string storeDirectory, bool isNested)
{
    private const int MaxDepth = NarLimits.MaxDepth;

    private readonly byte[] _store = Encoding.UTF8.GetBytes(storeDirectory.TrimStart('/') + "/");

    /// <summary>Whether the container lies in another one, as layers do.</summary>
    public bool IsNested => isNested;

    /// <summary>The directory of the store.</summary>
    public ImageNode Root { get; } = ImageNode.MakeDirectory();

    /// <summary>Whether nothing of the store is in it.</summary>
    public bool IsEmpty => !Root.IsOpaque && !Root.HasEntries;

    /// <summary>A layer for what lies in this one.</summary>
    public ImageLayer MakeNested() => new(storeDirectory, isNested: true);

    /// <summary>Whether a path in the image is one of the store, or below one.</summary>
    public bool Holds(ReadOnlySpan<byte> path) => TryCut(path, out _);

    /// <summary>Whether a path in the image lies in the store's directory, as one of its paths or beside them: Nix keeps links there.</summary>
    public bool IsBelowStore(ReadOnlySpan<byte> path) => path.StartsWith(_store);

    /// <summary>Puts an entry where it belongs; one that does not lie in the store is passed over.</summary>
    public void Put(ReadOnlySpan<byte> path, ImageNode node)
    {
        if (!TryCut(path, out ReadOnlySpan<byte> inStore))
        {
            return;
        }

        string[] names = Encoding.Latin1.GetString(inStore).Split('/');
        if (names.Length > MaxDepth || names.Any(static name => name is "" or "." or ".." || name.Contains('\0', StringComparison.Ordinal)))
        {
            throw new InvalidDataException("An entry of the image has a name that no path of a store can have.");
        }

        ImageNode? directory = Root;
        foreach (string name in names[..^1])
        {
            directory = directory?.Enter(name);
        }

        directory?.Put(names[^1], node);
    }

    /// <summary>The entry of a path; null where there is none.</summary>
    public ImageNode? Find(ReadOnlySpan<byte> path)
    {
        ImageNode? node = TryCut(path, out ReadOnlySpan<byte> inStore) ? Root : null;
        foreach (string name in Encoding.Latin1.GetString(inStore).Split('/'))
        {
            node = node?.Find(name);
        }

        return node;
    }

    /// <summary>Takes a file that removes others, if it is one.</summary>
    public bool TryRemove(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> name = path[(path.LastIndexOf((byte)'/') + 1)..];
        if (!name.StartsWith(".wh."u8))
        {
            return false;
        }

        ReadOnlySpan<byte> directory = path[..(path.Length - name.Length)];
        if (name.SequenceEqual(".wh..wh..opq"u8))
        {
            RemoveAll(directory.TrimEnd((byte)'/'));
        }
        else if (!name.StartsWith(".wh..wh."u8))
        {
            byte[] removed = [.. directory, .. name[".wh.".Length..]];
            if (IsAboveStore(removed))
            {
                Root.IsOpaque = true;
            }
            else
            {
                Put(removed, ImageNode.Removal);
            }
        }

        return true;
    }

    private void RemoveAll(ReadOnlySpan<byte> directory)
    {
        if (IsAboveStore(directory))
        {
            Root.IsOpaque = true;
            return;
        }

        Put(directory, ImageNode.MakeDirectory());
        if (Find(directory) is { IsDirectory: true } node)
        {
            node.IsOpaque = true;
        }
    }

    private bool IsAboveStore(ReadOnlySpan<byte> path) =>
        path.IsEmpty || (_store.AsSpan().StartsWith(path) && _store[path.Length] == '/');

    // A path of the store lies in its directory, or at the root of a file system that is mounted there.
    private bool TryCut(ReadOnlySpan<byte> path, out ReadOnlySpan<byte> inStore)
    {
        inStore = path.StartsWith(_store) ? path[_store.Length..] : path;
        ReadOnlySpan<byte> baseName = inStore.IndexOf((byte)'/') is >= 0 and int slash ? inStore[..slash] : inStore;
        return baseName.Length > StorePathHash.Length + 1 && baseName[StorePathHash.Length] == '-' && StorePathHash.TryParse(baseName[..StorePathHash.Length], out _);
    }
}
