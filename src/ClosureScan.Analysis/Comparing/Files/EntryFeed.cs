using System.Security.Cryptography;
using System.Text;
using ClosureScan.Analysis.Comparing.Fingerprints;
using ClosureScan.Walking;

namespace ClosureScan.Analysis.Comparing.Files;

/// <summary>Gives the entries of a tree one by one, each with all of its bytes as long as they are not too many. One thread.</summary>
/// <param name="onEntry">Told of every entry: its path, what it is, and its bytes; null for those of a directory and of a file that is too large.</param>
internal sealed class EntryFeed(Action<string, TreeEntry, byte[]?> onEntry) : IContentVisitor, IDisposable
{
    /// <summary>Larger files are told apart by their digests alone: two of them and what is made of them have to fit into memory.</summary>
    public const int MaxFileSize = 64 * 1024 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string _path = "";
    private EntryKind _kind;
    private long _length;
    private byte[]? _bytes;
    private int _filled;

    /// <inheritdoc/>
    public void Directory(in ContentEntry entry) => onEntry(PathOf(entry), new TreeEntry(EntryKind.Directory, 0, default), null);

    /// <inheritdoc/>
    public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset)
    {
        _hash.AppendData(target);
        onEntry(PathOf(entry), new TreeEntry(EntryKind.Symlink, target.Length, Close()), target.ToArray());
    }

    /// <inheritdoc/>
    public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset)
    {
        _path = PathOf(entry);
        _kind = executable ? EntryKind.Program : EntryKind.File;
        _length = length;
        _filled = 0;
        _bytes = length <= MaxFileSize ? new byte[length] : null;
    }

    /// <inheritdoc/>
    public void FileData(ReadOnlySpan<byte> data)
    {
        _hash.AppendData(data);
        if (_bytes is not null)
        {
            data.CopyTo(_bytes.AsSpan(_filled));
            _filled += data.Length;
        }
    }

    /// <inheritdoc/>
    public void EndFile(in FileView file) => onEntry(_path, new TreeEntry(_kind, _length, Close()), _bytes);

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private static string PathOf(in ContentEntry entry) => Encoding.UTF8.GetString(entry.Path);

    private Digest Close()
    {
        Span<byte> bytes = stackalloc byte[Digest.Length];
        _hash.GetHashAndReset(bytes);
        return new Digest(bytes);
    }
}
