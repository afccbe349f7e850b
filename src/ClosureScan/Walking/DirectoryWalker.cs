using System.Buffers;
using System.Security.Cryptography;
using ClosureScan.Nar;
using ClosureScan.Paths;
using ClosureScan.Walking.Disk;

namespace ClosureScan.Walking;

/// <summary>
/// One walk over a tree on disk. A <see cref="NarWriter"/> runs along, over a stream that hashes or forgets: so the offsets told
/// to the visitor, the size and the hash are those of the NAR by construction.
/// </summary>
internal sealed class DirectoryWalker : IDisposable
{
    private const int ChunkSize = 1024 * 1024;
    private const int HeadSize = 4 * 1024;
    private const string Changed = "It changed while it was read";

    private readonly DiskReader _disk;
    private readonly string _root;
    private readonly IContentVisitor _visitor;
    private readonly Action<ScanProblem>? _onProblem;
    private readonly HashingStream? _hash;
    private readonly NarWriter _nar;
    private readonly DirectoryNames?[] _names = new DirectoryNames?[NarLimits.MaxDepth + 1];
    private readonly byte[] _target = new byte[NarLimits.MaxTargetLength + 1];
    private readonly byte[] _head = new byte[HeadSize];
    private readonly byte[] _chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
    private bool _hasProblems;

    public DirectoryWalker(DiskReader disk, string root, IContentVisitor visitor, WalkOptions options)
    {
        _disk = disk;
        _root = root;
        _visitor = visitor;
        _onProblem = options.OnProblem;
        _hash = options.ComputeNarHash ? new HashingStream() : null;
        _nar = new NarWriter(_hash ?? Stream.Null);
    }

    public WalkResult Run(CancellationToken cancellationToken)
    {
        Visit(_disk.RootName(_root), DiskNodeKind.Unknown);
        while (_nar.Path.Depth > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DirectoryNames names = _names[_nar.Path.Depth]!;
            if (names.MoveNext())
            {
                Visit(names.TerminatedName, names.Kind);
            }
            else
            {
                _disk.CloseDirectory(_nar.Path.Depth);
                _nar.EndDirectory();
            }
        }

        return new WalkResult(_nar.Position, _hasProblems ? null : _hash?.Finish());
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_chunk);
        foreach (DirectoryNames? names in _names)
        {
            names?.Dispose();
        }

        _hash?.Dispose();
    }

    private void Visit(ReadOnlySpan<byte> name, DiskNodeKind kind)
    {
        if (_nar.Path.Depth >= NarLimits.MaxDepth)
        {
            Report(name, $"Directories are nested more than {NarLimits.MaxDepth} deep, which no NAR can hold");
            return;
        }

        string? problem = kind == DiskNodeKind.Unknown ? _disk.Identify(_nar.Path.Depth, name, out kind) : null;
        problem ??= kind switch
        {
            DiskNodeKind.File => VisitFile(name),
            DiskNodeKind.Directory => VisitDirectory(name),
            DiskNodeKind.Symlink => VisitSymlink(name),
            _ => "It is a socket, a pipe or a device, which no NAR can hold",
        };
        if (problem is not null)
        {
            Report(name, problem);
        }
    }

    private string? VisitDirectory(ReadOnlySpan<byte> name)
    {
        int depth = _nar.Path.Depth;
        DirectoryNames names = _names[depth + 1] ??= new DirectoryNames();
        if (_disk.OpenDirectory(depth, name, names) is { } problem)
        {
            return problem;
        }

        names.Sort();
        _nar.BeginDirectory(name[..^1]);
        _visitor.Directory(Entry());
        return null;
    }

    private string? VisitSymlink(ReadOnlySpan<byte> name)
    {
        if (_disk.ReadLink(_nar.Path.Depth, name, _target, out int length) is { } problem)
        {
            return problem;
        }

        ReadOnlySpan<byte> target = _target.AsSpan(0, length);
        if (!NarLimits.IsTarget(target))
        {
            return "Its target is empty or too long for a NAR";
        }

        long offset = _nar.WriteSymlink(name[..^1], target);
        _visitor.Symlink(Entry(), target, offset);
        return null;
    }

    private string? VisitFile(ReadOnlySpan<byte> name)
    {
        if (_disk.OpenFile(_nar.Path.Depth, name, out long length, out bool executable) is { } problem)
        {
            return problem;
        }

        _disk.ForgetWindow();
        try
        {
            return length < ChunkSize
                ? VisitShortFile(name, (int)length, executable)
                : VisitLongFile(name, length, executable);
        }
        finally
        {
            _disk.CloseFile();
        }
    }

    // One byte more is asked for than the file is long, so that the same call tells whether it still has that length.
    private string? VisitShortFile(ReadOnlySpan<byte> name, int length, bool executable)
    {
        if (_disk.ReadFile(0, _chunk.AsSpan(0, length + 1), out int count) is { } problem)
        {
            return problem;
        }

        ReadOnlySpan<byte> whole = _chunk.AsSpan(0, Math.Min(count, length));
        long offset = _nar.BeginFile(name[..^1], whole.Length, executable);
        _visitor.BeginFile(Entry(), whole.Length, executable, offset);
        if (!whole.IsEmpty)
        {
            _nar.WriteContents(whole);
            _visitor.FileData(whole);
        }

        _visitor.EndFile(new FileView(whole));
        return count == length ? null : Changed;
    }

    private string? VisitLongFile(ReadOnlySpan<byte> name, long length, bool executable)
    {
        long narOffset = _nar.BeginFile(name[..^1], length, executable);
        _visitor.BeginFile(Entry(), length, executable, narOffset);
        string? problem = null;
        long offset = 0;
        while (offset < length && problem is null)
        {
            int wanted = (int)Math.Min(ChunkSize, length - offset);
            problem = _disk.ReadFile(offset, _chunk.AsSpan(0, wanted), out int count);
            ReadOnlySpan<byte> data = _chunk.AsSpan(0, count);
            if (offset == 0)
            {
                data[..Math.Min(count, HeadSize)].CopyTo(_head);
            }

            if (count > 0)
            {
                _nar.WriteContents(data);
                _visitor.FileData(data);
            }

            offset += count;
            problem ??= count == wanted ? null : Changed;
        }

        _nar.FillContents();
        _visitor.EndFile(new FileView(_head.AsSpan(0, (int)Math.Min(offset, HeadSize)), offset, _disk));
        return problem ?? (_disk.ReadFile(length, _chunk.AsSpan(0, 1), out int more) ?? (more == 0 ? null : Changed));
    }

    private ContentEntry Entry() => new(_nar.Path.Bytes, _nar.Path.Name.Length, _nar.NameOffset);

    private void Report(ReadOnlySpan<byte> name, string problem)
    {
        _hasProblems = true;
        string path = _root;
        if (_nar.Path.Depth > 0)
        {
            ReadOnlySpan<byte> directory = _nar.Path.DirectoryBytes;
            path += directory.IsEmpty ? $"/{NarText.Escape(name[..^1])}" : $"/{NarText.Escape(directory)}/{NarText.Escape(name[..^1])}";
        }

        ScanProblem reported = new(path, problem);
        if (_onProblem is null)
        {
            throw new IOException(reported.ToString());
        }

        _onProblem(reported);
    }
}
