using System.Security.Cryptography;
using ClosureScan.Nar;
using ClosureScan.Walking;

namespace ClosureScan.Testing;

/// <summary>
/// Writes down a walk, a line an event, independent of how contents were cut into pieces; and checks on the way what
/// <see cref="IContentVisitor"/> promises.
/// </summary>
internal sealed class WalkLog : IContentVisitor
{
    private readonly List<string> _lines = [];
    private readonly List<byte> _contents = [];
    private long _length;

    /// <summary>The events.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Contents of the files by path.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Called at the end of each file, with its path, while the view is valid.</summary>
    public Action<string, FileViewCheck>? OnEndFile { get; init; }

    /// <summary>Whether long files are to be kept whole.</summary>
    public bool KeepsWhole { get; init; }

    private string _path = "";

    /// <inheritdoc/>
    public void Directory(in ContentEntry entry) => _lines.Add($"directory {Describe(entry)}");

    /// <inheritdoc/>
    public void EndDirectory(in ContentEntry entry) => _lines.Add($"end of directory {Describe(entry)}");

    /// <inheritdoc/>
    bool IContentVisitor.KeepsWhole(ReadOnlySpan<byte> beginning) => KeepsWhole;

    /// <inheritdoc/>
    public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset) =>
        _lines.Add($"symlink {Describe(entry)} -> {NarText.Escape(target)} @{narOffset}");

    /// <inheritdoc/>
    public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset)
    {
        _path = NarText.Escape(entry.Path);
        _length = length;
        _contents.Clear();
        _lines.Add($"file {Describe(entry)} {length} {(executable ? "x" : "-")} @{narOffset}");
    }

    /// <inheritdoc/>
    public void FileData(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            throw new InvalidOperationException("Data is never empty.");
        }

        _contents.AddRange(data);
    }

    /// <inheritdoc/>
    public void EndFile(in FileView file)
    {
        byte[] contents = [.. _contents];
        if (contents.Length != _length || file.Length != _length)
        {
            throw new InvalidOperationException($"{_path}: told {_length} bytes, gave {contents.Length}, views {file.Length}.");
        }

        if (!contents.AsSpan().StartsWith(file.Head) || file.Head.Length < Math.Min(_length, 4096))
        {
            throw new InvalidOperationException($"{_path}: the head is not the file's.");
        }

        Files[_path] = contents;
        _lines.Add($"end {Convert.ToHexStringLower(SHA256.HashData(contents))}");
        OnEndFile?.Invoke(_path, new FileViewCheck(file, contents));
    }

    private static string Describe(in ContentEntry entry) =>
        $"\"{NarText.Escape(entry.Path)}\" ({NarText.Escape(entry.Name)} @{entry.NameNarOffset})";
}
