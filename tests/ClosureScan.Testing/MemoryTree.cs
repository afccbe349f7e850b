using System.Text;
using ClosureScan.Nar;

namespace ClosureScan.Testing;

/// <summary>The contents of a store path, in memory: files and symlinks by their paths, turned into a NAR.</summary>
public sealed class MemoryTree
{
    private readonly SortedDictionary<string, MemoryTree> _entries = new(StringComparer.Ordinal);
    private byte[]? _contents;
    private bool _executable;
    private string? _target;

    /// <summary>Adds a file; at an empty path, the store path itself is the file.</summary>
    public MemoryTree File(string path, byte[] contents, bool executable = false)
    {
        MemoryTree entry = At(path);
        entry._contents = contents;
        entry._executable = executable;
        return this;
    }

    /// <summary>Adds a file of text.</summary>
    public MemoryTree File(string path, string contents, bool executable = false) => File(path, Encoding.UTF8.GetBytes(contents), executable);

    /// <summary>Adds a symlink.</summary>
    public MemoryTree Symlink(string path, string target)
    {
        At(path)._target = target;
        return this;
    }

    /// <summary>The NAR of the tree.</summary>
    public byte[] ToNar()
    {
        using MemoryStream nar = new();
        WriteTo(new NarWriter(nar), []);
        return nar.ToArray();
    }

    private MemoryTree At(string path)
    {
        MemoryTree entry = this;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!entry._entries.TryGetValue(name, out MemoryTree? next))
            {
                entry._entries.Add(name, next = new MemoryTree());
            }

            entry = next;
        }

        return entry;
    }

    private void WriteTo(NarWriter writer, ReadOnlySpan<byte> name)
    {
        if (_target is not null)
        {
            writer.WriteSymlink(name, Encoding.UTF8.GetBytes(_target));
            return;
        }

        if (_contents is not null)
        {
            writer.BeginFile(name, _contents.Length, _executable);
            writer.WriteContents(_contents);
            return;
        }

        writer.BeginDirectory(name);
        foreach ((string child, MemoryTree tree) in _entries)
        {
            tree.WriteTo(writer, Encoding.UTF8.GetBytes(child));
        }

        writer.EndDirectory();
    }
}
