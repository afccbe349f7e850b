using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using ClosureScan.Paths;
using ClosureScan.Walking;

namespace ClosureScan.Analysis.Comparing.Fingerprints;

/// <summary>Makes the fingerprint of one store path after the other while its contents pass. One thread; memory is that of the largest piece.</summary>
internal sealed class Fingerprinter(ReferenceNames names) : IContentVisitor, IDisposable
{
    private const int MaxHead = sizeof(byte) + sizeof(int);

    private readonly ReferenceBlanker _blanker = new(names);
    private readonly IncrementalHash _bare = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _named = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<int> _targets = [];
    private readonly Dictionary<Machine, int> _machines = [];
    private long _fileLength;
    private ContentDigest _file;

    /// <inheritdoc/>
    public void Directory(in ContentEntry entry) => AddEntry(EntryKind.Directory, entry);

    /// <inheritdoc/>
    public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset)
    {
        AddEntry(EntryKind.Symlink, entry);
        AddContent(_blanker.Digest(target));
    }

    /// <inheritdoc/>
    public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset)
    {
        AddEntry(executable ? EntryKind.Program : EntryKind.File, entry);
        _fileLength = length;
        _file = length == 0 ? _blanker.Digest([]) : default;
    }

    /// <inheritdoc/>
    public void FileData(ReadOnlySpan<byte> data)
    {
        if (data.Length == _fileLength)
        {
            _file = _blanker.Digest(data);
        }
        else
        {
            _blanker.Append(data);
        }
    }

    /// <inheritdoc/>
    public void EndFile(in FileView file)
    {
        AddContent(_file.Targets.IsDefault ? _blanker.End() : _file);
        if (Machine.Of(file.Head) is { } machine)
        {
            _machines[machine] = _machines.GetValueOrDefault(machine) + 1;
        }
    }

    /// <summary>The fingerprint of what has passed since the last call.</summary>
    public PathFingerprint Finish(PathInfo info)
    {
        ContentDigest contents = new(Close(_bare), Close(_named), [.. _targets]);
        Machine? machine = _machines.Count == 0 ? null : _machines.MaxBy(pair => pair.Value).Key;
        Clear();
        return new PathFingerprint(info.NarHash, contents, machine);
    }

    /// <summary>Forgets a path whose contents could not be read to their end.</summary>
    public void Reset()
    {
        _blanker.Reset();
        Close(_bare);
        Close(_named);
        Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _blanker.Dispose();
        _bare.Dispose();
        _named.Dispose();
    }

    private void Clear()
    {
        _targets.Clear();
        _machines.Clear();
        _file = default;
    }

    /// <summary>An entry's path may name a store path too, as in a farm of links.</summary>
    private void AddEntry(EntryKind kind, in ContentEntry entry)
    {
        Span<byte> head = stackalloc byte[MaxHead];
        head[0] = (byte)kind;
        if (entry.Path.Length < StorePathHash.Length)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head[1..], entry.Path.Length);
            Add(head);
            Add(entry.Path);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(head[1..], -1);
            Add(head);
            AddContent(_blanker.Digest(entry.Path));
        }
    }

    private void AddContent(in ContentDigest content)
    {
        Span<byte> digest = stackalloc byte[Digest.Length];
        content.Bare.CopyTo(digest);
        _bare.AppendData(digest);
        content.Named.CopyTo(digest);
        _named.AppendData(digest);
        _targets.AddRange(content.Targets);
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        _bare.AppendData(bytes);
        _named.AppendData(bytes);
    }

    private static Digest Close(IncrementalHash hash)
    {
        Span<byte> bytes = stackalloc byte[Digest.Length];
        hash.GetHashAndReset(bytes);
        return new Digest(bytes);
    }
}
