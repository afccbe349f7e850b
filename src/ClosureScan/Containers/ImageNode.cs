namespace ClosureScan.Containers;

/// <summary>A file, symlink or directory that an image holds in its store.</summary>
internal sealed class ImageNode
{
    private Dictionary<string, ImageNode>? _entries;

    /// <summary>The target of a symlink; null for all else.</summary>
    public byte[]? Target { get; init; }

    /// <summary>Whether its owner may execute it.</summary>
    public bool IsExecutable { get; init; }

    /// <summary>Where its contents begin in the image's spool.</summary>
    public long Start { get; init; }

    /// <summary>The length of its contents.</summary>
    public long Length { get; init; }

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => _entries is not null;

    /// <summary>Whether it is a directory with something in it.</summary>
    public bool HasEntries => _entries?.Count > 0;

    /// <summary>The entries of a directory in the order of a NAR: that of their bytes, each of which is a character here.</summary>
    public IEnumerable<KeyValuePair<string, ImageNode>> Entries => (_entries ?? []).OrderBy(static entry => entry.Key, StringComparer.Ordinal);

    /// <summary>What a layer has in place of an entry that it removes from lower ones.</summary>
    public static ImageNode Removal { get; } = new();

    /// <summary>Whether a layer's directory removes what lower ones have in it.</summary>
    public bool IsOpaque { get; set; }

    /// <summary>Makes a directory.</summary>
    public static ImageNode MakeDirectory() => new() { _entries = [] };

    /// <summary>The entry of a name, a directory made now when there is none; null in what is no directory.</summary>
    public ImageNode? Enter(string name)
    {
        if (_entries is null)
        {
            return null;
        }

        if (!_entries.TryGetValue(name, out ImageNode? entry) || entry == Removal)
        {
            _entries[name] = entry = new ImageNode { _entries = [], IsOpaque = entry == Removal };
        }

        return entry;
    }

    /// <summary>The entry of a name; null where there is none.</summary>
    public ImageNode? Find(string name) => _entries?.GetValueOrDefault(name);

    /// <summary>Puts the directory of an upper layer over this one. The upper one stays as it is, for other images that have it.</summary>
    public void PutOver(ImageNode upper)
    {
        Dictionary<string, ImageNode> entries = _entries!;
        if (upper.IsOpaque)
        {
            entries.Clear();
        }

        foreach ((string name, ImageNode entry) in upper._entries!)
        {
            if (entry == Removal)
            {
                entries.Remove(name);
            }
            else if (!entry.IsDirectory)
            {
                entries[name] = entry;
            }
            else
            {
                if (!entries.TryGetValue(name, out ImageNode? lower) || !lower.IsDirectory)
                {
                    entries[name] = lower = MakeDirectory();
                }

                lower.PutOver(entry);
            }
        }
    }

    /// <summary>Puts an entry into a directory; one of that name goes, but for a directory that comes again and for what is removed from lower layers alone.</summary>
    public void Put(string name, ImageNode entry)
    {
        ImageNode? old = Find(name);
        if (entry == Removal && old is not null)
        {
            old.IsOpaque |= old.IsDirectory;
        }
        else if (_entries is not null && !(entry.IsDirectory && old?.IsDirectory == true))
        {
            entry.IsOpaque |= entry.IsDirectory && old == Removal;
            _entries[name] = entry;
        }
    }
}
