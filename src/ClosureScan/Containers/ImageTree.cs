using System.Text;
using ClosureScan.Nar;
using ClosureScan.Spooling;

namespace ClosureScan.Containers;

/// <summary>
/// The store that an image holds: the tree of each path in memory, some hundred bytes a file, and their contents in a temporary file. Immutable once it is
/// built, and may then be read by several threads.
/// </summary>
/// <param name="storeDirectory">The directory of the store, <c>/nix/store</c>.</param>
internal sealed class ImageTree(string storeDirectory)
{
    private readonly SpoolFile _contents = new();

    /// <summary>What is in no other container of the image, over which the others are put.</summary>
    public ImageLayer Layer { get; } = new(storeDirectory, isNested: false);

    /// <summary>The paths of the store, by their base names.</summary>
    public IEnumerable<KeyValuePair<string, ImageNode>> Paths => Layer.Root.Entries;

    /// <summary>Keeps the contents of a file.</summary>
    /// <param name="executable">Whether its owner may execute it.</param>
    /// <param name="contents">Its contents.</param>
    /// <param name="spend">Counts them.</param>
    public ImageNode Keep(bool executable, Stream contents, Action<long> spend)
    {
        long start = _contents.Length;
        byte[] buffer = new byte[64 * 1024];
        for (int count; (count = contents.Read(buffer)) > 0;)
        {
            spend(count);
            _contents.Append(buffer.AsSpan(0, count));
        }

        return new ImageNode { IsExecutable = executable, Start = start, Length = _contents.Length - start };
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
}
