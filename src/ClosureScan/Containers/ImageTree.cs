using System.Text;
using ClosureScan.Nar;
using ClosureScan.Paths;
using ClosureScan.Spooling;

namespace ClosureScan.Containers;

/// <summary>
/// The store that an image holds: the tree of each path in memory, some hundred bytes a file, and their contents in a temporary file. Immutable once it is
/// built, and may then be read by several threads.
/// </summary>
/// <param name="storeDirectory">The directory of the store, <c>/nix/store</c>.</param>
internal sealed class ImageTree(string storeDirectory)
{
    private const int MaxDepth = NarLimits.MaxDepth;

    private readonly byte[] _store = Encoding.UTF8.GetBytes(storeDirectory.TrimStart('/') + "/");
    private readonly ImageNode _root = ImageNode.MakeDirectory();
    private readonly SpoolFile _contents = new();

    /// <summary>The paths of the store, by their base names.</summary>
    public IEnumerable<KeyValuePair<string, ImageNode>> Paths => _root.Entries;

    /// <summary>Whether a path in the image is one of the store, or below one.</summary>
    public bool Holds(ReadOnlySpan<byte> path) => TryCut(path, out _);

    /// <summary>Whether a path in the image lies in the store's directory, as one of its paths or beside them: Nix keeps links there.</summary>
    public bool IsBelowStore(ReadOnlySpan<byte> path) => path.StartsWith(_store);

    /// <summary>Takes a directory.</summary>
    public void AddDirectory(ReadOnlySpan<byte> path) => Put(path, ImageNode.MakeDirectory());

    /// <summary>Takes a symlink.</summary>
    public void AddSymlink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target) => Put(path, new ImageNode { Target = target.ToArray() });

    /// <summary>Takes a file.</summary>
    public void AddFile(ReadOnlySpan<byte> path, bool executable, Stream contents, Action<long> spend)
    {
        long start = _contents.Length;
        byte[] buffer = new byte[64 * 1024];
        for (int count; (count = contents.Read(buffer)) > 0;)
        {
            spend(count);
            _contents.Append(buffer.AsSpan(0, count));
        }

        Put(path, new ImageNode { IsExecutable = executable, Start = start, Length = _contents.Length - start });
    }

    /// <summary>Takes another name of a file.</summary>
    public void AddLink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> other)
    {
        if (Find(other) is { IsDirectory: false } node)
        {
            Put(path, node);
        }
    }

    /// <summary>The NAR of a path, in pieces. Each is valid until the next is asked for.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Dump(ImageNode root)
    {
        const int PieceLength = 64 * 1024;
        MemoryStream piece = new();
        NarWriter nar = new(piece);
        byte[] buffer = new byte[PieceLength];
        Stack<IEnumerator<KeyValuePair<string, ImageNode>>> levels = new();
        KeyValuePair<string, ImageNode>? next = new("", root);
        while (next is not null || levels.Count > 0)
        {
            if (next is not { } entry)
            {
                if (!levels.Peek().MoveNext())
                {
                    levels.Pop();
                    nar.EndDirectory();
                    continue;
                }

                entry = levels.Peek().Current;
            }

            next = null;
            byte[] name = Encoding.Latin1.GetBytes(entry.Key);
            if (entry.Value.IsDirectory)
            {
                nar.BeginDirectory(name);
                levels.Push(entry.Value.Entries.GetEnumerator());
            }
            else if (entry.Value.Target is { } target)
            {
                nar.WriteSymlink(name, target);
            }
            else
            {
                nar.BeginFile(name, entry.Value.Length, entry.Value.IsExecutable);
                for (long done = 0; done < entry.Value.Length;)
                {
                    int count = _contents.Read(entry.Value.Start + done, buffer.AsSpan(0, (int)Math.Min(buffer.Length, entry.Value.Length - done)));
                    nar.WriteContents(buffer.AsSpan(0, count));
                    done += count;
                    if (piece.Length >= PieceLength)
                    {
                        yield return piece.GetBuffer().AsMemory(0, (int)piece.Length);
                        piece.SetLength(0);
                    }
                }
            }

            if (piece.Length >= PieceLength)
            {
                yield return piece.GetBuffer().AsMemory(0, (int)piece.Length);
                piece.SetLength(0);
            }
        }

        yield return piece.GetBuffer().AsMemory(0, (int)piece.Length);
    }

    /// <summary>Frees the contents.</summary>
    public void Close() => _contents.Close();

    private void Put(ReadOnlySpan<byte> path, ImageNode node)
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

        ImageNode? directory = _root;
        foreach (string name in names[..^1])
        {
            directory = directory?.Enter(name);
        }

        directory?.Put(names[^1], node);
    }

    private ImageNode? Find(ReadOnlySpan<byte> path)
    {
        ImageNode? node = TryCut(path, out ReadOnlySpan<byte> inStore) ? _root : null;
        foreach (string name in Encoding.Latin1.GetString(inStore).Split('/'))
        {
            node = node?.IsDirectory == true ? node.Enter(name) : null;
        }

        return node;
    }

    // A path of the store lies in its directory, or at the root of a file system that is mounted there.
    private bool TryCut(ReadOnlySpan<byte> path, out ReadOnlySpan<byte> inStore)
    {
        inStore = path.StartsWith(_store) ? path[_store.Length..] : path;
        ReadOnlySpan<byte> baseName = inStore.IndexOf((byte)'/') is >= 0 and int slash ? inStore[..slash] : inStore;
        return baseName.Length > StorePathHash.Length + 1 && baseName[StorePathHash.Length] == '-' && StorePathHash.TryParse(baseName[..StorePathHash.Length], out _);
    }
}
