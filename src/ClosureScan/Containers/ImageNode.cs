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

    /// <summary>The entries of a directory in the order of a NAR: that of their bytes, each of which is a character here.</summary>
    public IEnumerable<KeyValuePair<string, ImageNode>> Entries => (_entries ?? []).OrderBy(static entry => entry.Key, StringComparer.Ordinal);

    /// <summary>Makes a directory.</summary>
    public static ImageNode MakeDirectory() => new() { _entries = [] };

    /// <summary>The entry of a name, a directory made now when there is none; null in what is no directory.</summary>
    public ImageNode? Enter(string name)
    {
        if (_entries is null)
        {
            return null;
        }

        if (!_entries.TryGetValue(name, out ImageNode? entry))
        {
            _entries.Add(name, entry = MakeDirectory());
        }

        return entry;
    }

    /// <summary>Puts an entry into a directory; one of that name goes, as a later layer says.</summary>
    public void Put(string name, ImageNode entry)
    {
        if (_entries is not null && !(entry.IsDirectory && _entries.TryGetValue(name, out ImageNode? old) && old.IsDirectory))
        {
            _entries[name] = entry;
        }
    }
}
