using System.Buffers;
using ClosureScan.Nar;
using ClosureScan.Paths;
using ClosureScan.Walking.Disk;

namespace ClosureScan.Walking;

/// <summary>
/// Reads a tree on disk as a <see cref="NarTreeReader"/> reads its NAR. A <see cref="NarWriter"/> runs along, over a stream that hashes or
/// forgets: so offsets, size and hash are those of the NAR by construction. The file at hand can be read again, anywhere in it.
/// </summary>
internal sealed class DirectoryReader : TreeReader, IFileBytes
{
    private readonly DiskReader _disk;
    private readonly string _root;
    private readonly Action<ScanProblem>? _onProblem;
    private readonly HashingStream? _hashing;
    private readonly NarWriter _nar;
    private readonly DirectoryNames?[] _names = new DirectoryNames?[NarLimits.MaxDepth + 1];
    private readonly byte[] _target = new byte[NarLimits.MaxTargetLength + 1];
    private readonly FileChunks _chunks;
    private NarEntryKind _kind;
    private NarHash? _hash;
    private int _targetLength;
    private long _valueOffset;
    private long _length;
    private bool _executable;
    private bool _isOpen;
    private bool _hasProblems;

    /// <summary>Makes a reader of the tree at <paramref name="root"/>.</summary>
    /// <param name="disk">Who reads; disposed with the reader.</param>
    /// <param name="root">The tree's path.</param>
    /// <param name="options">How it is walked.</param>
    public DirectoryReader(DiskReader disk, string root, WalkOptions options)
    {
        _disk = disk;
        _chunks = new FileChunks(disk);
        _root = root;
        _onProblem = options.OnProblem;
        _hashing = options.ComputeNarHash ? new HashingStream() : null;
        _nar = new NarWriter(_hashing ?? Stream.Null);
    }

    /// <summary>Where the tree lies.</summary>
    public string Root => _root;

    /// <summary>
    /// Whether files are measured and not opened, from the next entry on: who only wants to know what there is pays one question a file. Their contents
    /// cannot be read, and nothing is hashed.
    /// </summary>
    public bool IsPlanning { get; set; }

    public override NarEntryKind Kind => _kind;

    public override ReadOnlySpan<byte> Path => _nar.Path.Bytes;

    public override ReadOnlySpan<byte> Name => _nar.Path.Name;

    public override long NameOffset => _nar.NameOffset;

    public override long Length => At(NarEntryKind.File)._length;

    public override bool IsExecutable => At(NarEntryKind.File)._executable;

    public override long ContentsOffset => At(NarEntryKind.File)._valueOffset;

    public override ReadOnlySpan<byte> Target => At(NarEntryKind.Symlink)._target.AsSpan(0, _targetLength);

    public override long TargetOffset => At(NarEntryKind.Symlink)._valueOffset;

    public override long Position => _nar.Position;

    public override NarHash? Hash => _hash;

    /// <summary>Goes to the next entry. What cannot be read is told as a problem and left out.</summary>
    /// <exception cref="IOException">Something cannot be read, and nobody takes problems.</exception>
    public override ValueTask<NarEntryKind> ReadAsync(CancellationToken cancellationToken = default) => new(Read(cancellationToken));

    /// <summary>What <see cref="ReadAsync"/> does, which waits for nothing but the disk.</summary>
    public NarEntryKind Read(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EndFile(cancellationToken);
        return _kind = _kind == NarEntryKind.None ? ReadRoot() : ReadNext(cancellationToken);
    }

    /// <summary>Gives the next bytes of the file, up to 1 MiB. They are fewer than its length where it could not be read, or has shrunk.</summary>
    /// <exception cref="IOException">The file cannot be read, and nobody takes problems.</exception>
    public override ValueTask<ReadOnlySequence<byte>> ReadContentsAsync(CancellationToken cancellationToken = default)
    {
        At(NarEntryKind.File);
        cancellationToken.ThrowIfCancellationRequested();
        return new(new ReadOnlySequence<byte>(ReadChunk()));
    }

    public int Read(long offset, Span<byte> destination) => _disk.Read(offset, destination);

    protected override void Dispose(bool disposing)
    {
        if (_isOpen)
        {
            _isOpen = false;
            _disk.CloseFile();
        }

        _chunks.Dispose();
        foreach (DirectoryNames? names in _names)
        {
            names?.Dispose();
        }

        _hashing?.Dispose();
        _disk.Dispose();
    }

    private DirectoryReader At(NarEntryKind kind)
    {
        ThrowUnlessAt(kind);
        return this;
    }

    private NarEntryKind ReadRoot() => Visit(_disk.RootName(_root), DiskNodeKind.Unknown) ? _kind : End();

    private NarEntryKind ReadNext(CancellationToken cancellationToken)
    {
        while (_nar.Path.Depth > 0)
        {
            DirectoryNames names = _names[_nar.Path.Depth]!;
            if (!names.MoveNext())
            {
                _disk.CloseDirectory(_nar.Path.Depth);
                _nar.EndDirectory();
                return NarEntryKind.EndOfDirectory;
            }

            if (Visit(names.TerminatedName, names.Kind))
            {
                return _kind;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        return End();
    }

    private NarEntryKind End()
    {
        if (_kind != NarEntryKind.EndOfArchive)
        {
            _hash = _hasProblems ? null : _hashing?.Finish();
        }

        return NarEntryKind.EndOfArchive;
    }

    /// <summary>Goes to an entry. False, and a problem is told, when it cannot be read.</summary>
    private bool Visit(ReadOnlySpan<byte> name, DiskNodeKind kind)
    {
        if (_nar.Path.Depth >= NarLimits.MaxDepth)
        {
            Report(name, $"Directories are nested more than {NarLimits.MaxDepth} deep, which no NAR can hold");
            return false;
        }

        string? problem = kind == DiskNodeKind.Unknown ? _disk.Identify(_nar.Path.Depth, name, out kind) : null;
        problem ??= kind switch
        {
            DiskNodeKind.File => BeginFile(name),
            DiskNodeKind.Directory => BeginDirectory(name),
            DiskNodeKind.Symlink => ReadSymlink(name),
            _ => "It is a socket, a pipe or a device, which no NAR can hold",
        };
        if (problem is not null)
        {
            Report(name, problem);
        }

        return problem is null;
    }

    private string? BeginDirectory(ReadOnlySpan<byte> name)
    {
        int depth = _nar.Path.Depth;
        DirectoryNames names = _names[depth + 1] ??= new DirectoryNames();
        if (_disk.OpenDirectory(depth, name, names) is { } problem)
        {
            return problem;
        }

        names.Sort();
        _nar.BeginDirectory(name[..^1]);
        _kind = NarEntryKind.Directory;
        return null;
    }

    private string? ReadSymlink(ReadOnlySpan<byte> name)
    {
        if (_disk.ReadLink(_nar.Path.Depth, name, _target, out _targetLength) is { } problem)
        {
            return problem;
        }

        ReadOnlySpan<byte> target = _target.AsSpan(0, _targetLength);
        if (!NarLimits.IsTarget(target))
        {
            return "Its target is empty or too long for a NAR";
        }

        _valueOffset = _nar.WriteSymlink(name[..^1], target);
        _kind = NarEntryKind.Symlink;
        return null;
    }

    private string? BeginFile(ReadOnlySpan<byte> name)
    {
        int depth = _nar.Path.Depth;
        if ((IsPlanning ? _disk.Measure(depth, name, out _length, out _executable) : _disk.OpenFile(depth, name, out _length, out _executable)) is { } problem)
        {
            return problem;
        }

        if (!IsPlanning)
        {
            _chunks.Begin(_length);
            _isOpen = true;
        }

        _valueOffset = _nar.BeginFile(name[..^1], _length, _executable);
        _kind = NarEntryKind.File;
        return null;
    }

    private ReadOnlyMemory<byte> ReadChunk()
    {
        if (!_isOpen)
        {
            throw new InvalidOperationException("A reader that plans reads no contents.");
        }

        ReadOnlyMemory<byte> chunk = _chunks.Read(out string? problem);
        _nar.WriteContents(chunk.Span);
        if (problem is not null)
        {
            Report(Path.IsEmpty ? _root : $"{_root}/{NarText.Escape(Path)}", problem);
        }

        return chunk;
    }

    // What was not asked for is read for the hash alone.
    private void EndFile(CancellationToken cancellationToken)
    {
        if (_isOpen)
        {
            while (_hashing is not null && !_hasProblems && !ReadChunk().IsEmpty)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            _disk.CloseFile();
            _isOpen = false;
        }

        _nar.SkipContents();
    }

    private void Report(ReadOnlySpan<byte> name, string problem)
    {
        string path = _root;
        if (_nar.Path.Depth > 0)
        {
            ReadOnlySpan<byte> directory = _nar.Path.DirectoryBytes;
            path += directory.IsEmpty ? $"/{NarText.Escape(name[..^1])}" : $"/{NarText.Escape(directory)}/{NarText.Escape(name[..^1])}";
        }

        Report(path, problem);
    }

    private void Report(string path, string problem)
    {
        _hasProblems = true;
        ScanProblem reported = new(path, problem);
        if (_onProblem is null)
        {
            throw new IOException(reported.ToString());
        }

        _onProblem(reported);
    }
}
