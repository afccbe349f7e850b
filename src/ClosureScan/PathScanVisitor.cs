using System.Collections.Immutable;
using System.Text;
using ClosureScan.Evidence;
using ClosureScan.Platforms;
using ClosureScan.Scanning;
using ClosureScan.Walking;

namespace ClosureScan;

/// <summary>
/// Takes the contents of one path after the other and gathers what a <see cref="PathScan"/> tells of them. Files without hits
/// cost their search and their identification, and no memory.
/// </summary>
internal sealed class PathScanVisitor : IContentVisitor
{
    private readonly PathSearch _search;
    private readonly PlatformCensus _census;
    private readonly RemarkBook _remarks = new();
    private readonly OpaqueTally _opaque;
    private CancellationToken _cancellation;
    private byte[] _rootName = [];
    private byte[] _path = new byte[256];
    private int _pathLength;
    private long _length;
    private long _narOffset;
    private bool _executable;

    public PathScanVisitor(ReferenceSet references, ScanOptions options)
    {
        _census = new PlatformCensus(_remarks);
        _search = new PathSearch(references, options, _census, _remarks);
        _opaque = new OpaqueTally(options);
    }

    private WalkedFile Walked => new() { Path = _path.AsSpan(0, _pathLength), Executable = _executable, NarOffset = _narOffset };

    /// <summary>Regular files so far.</summary>
    public long FileCount { get; private set; }

    /// <summary>Bytes of contents so far.</summary>
    public long ByteCount { get; private set; }

    /// <summary>Forgets everything, so that the next path can be walked.</summary>
    /// <param name="rootName">What to call the root when it is a file; nothing for a store path.</param>
    /// <param name="cancellation">Ends the search of what a file holds.</param>
    public void Reset(string rootName = "", CancellationToken cancellation = default)
    {
        _rootName = Encoding.UTF8.GetBytes(rootName);
        _search.Clear();
        _census.Clear();
        _opaque.Clear();
        _cancellation = cancellation;
        _remarks.Clear();
        FileCount = 0;
        ByteCount = 0;
    }

    /// <summary>The references found since <see cref="Reset"/>; to be asked for once.</summary>
    public ImmutableArray<FoundReference> DrainReferences() => _search.DrainReferences();

    /// <summary>The census since <see cref="Reset"/>; to be asked for once.</summary>
    public ImmutableArray<PlatformTally> DrainPlatforms() => _census.Drain();

    /// <summary>The undeclared store paths since <see cref="Reset"/>; to be asked for once.</summary>
    public ImmutableArray<FoundReference> DrainUndeclared() => _search.DrainUndeclared();

    /// <summary>The hidden references since <see cref="Reset"/>; to be asked for once.</summary>
    public ImmutableArray<FoundReference> DrainHidden() => _search.DrainHidden();

    /// <summary>The left-over build directories since <see cref="Reset"/>; to be asked for once.</summary>
    public FoundText DrainBuildPaths() => _search.DrainBuildPaths();

    /// <summary>The scrubbed store paths since <see cref="Reset"/>; to be asked for once.</summary>
    public FoundText DrainScrubbed() => _search.DrainScrubbed();

    /// <summary>The files that were not looked into since <see cref="Reset"/>; to be asked for once.</summary>
    public ImmutableArray<OpaqueFile> DrainOpaque() => _opaque.Drain();

    /// <summary>What was left out since <see cref="Reset"/>; to be asked for once.</summary>
    public ImmutableArray<ScanRemark> DrainRemarks() => _remarks.Drain();

    /// <inheritdoc/>
    public void Directory(in ContentEntry entry) => _search.Name(entry);

    /// <inheritdoc/>
    public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset)
    {
        _search.Name(entry);
        _search.Text(entry.Path, target, narOffset, Mechanism.SymlinkTarget);
    }

    /// <inheritdoc/>
    public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset)
    {
        _search.Name(entry);
        ReadOnlySpan<byte> path = entry.Path.IsEmpty ? _rootName : entry.Path;
        if (_path.Length < path.Length)
        {
            _path = new byte[2 * path.Length];
        }

        path.CopyTo(_path);
        _pathLength = path.Length;
        _executable = executable;
        _length = length;
        _narOffset = narOffset;
        _search.BeginFile(path, executable);
        FileCount++;
    }

    /// <inheritdoc/>
    public bool KeepsWhole(ReadOnlySpan<byte> beginning) => FormatsWithHeaders.Match(beginning) || _search.LooksInto(beginning, Walked.Name);

    /// <inheritdoc/>
    public void FileData(ReadOnlySpan<byte> data)
    {
        _search.FileData(data, isWhole: data.Length == _length);
        ByteCount += data.Length;
    }

    /// <inheritdoc/>
    public void EndFile(in FileView file)
    {
        WalkedFile walked = Walked;
        FileIdentity identity = SystemFile.Refine(walked.Path, file, FileIdentifier.Identify(file));
        _census.Add(walked.Path, file.Length, _narOffset, _executable, identity);
        _opaque.Add(walked, file, identity, _search.EndFile(walked, file, identity, _cancellation));
    }
}
