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
    private readonly ReferenceScanner _scanner;
    private readonly HitLedger _references;
    private readonly PlatformCensus _census;
    private readonly DeepSearch? _deep;
    private readonly RemarkBook _remarks = new();
    private byte[] _rootName = [];
    private byte[] _path = new byte[256];
    private int _pathLength;
    private long _narOffset;
    private bool _executable;

    public PathScanVisitor(ReferenceSet references, ScanOptions options)
    {
        _scanner = new ReferenceScanner(references);
        _references = new HitLedger(references.Count, options);
        _census = new PlatformCensus(options.MaxFilesPerTally, _remarks);
        _deep = options.Deep ? new DeepSearch(references, options, _remarks) : null;
    }

    /// <summary>Regular files so far.</summary>
    public long FileCount { get; private set; }

    /// <summary>Bytes of contents so far.</summary>
    public long ByteCount { get; private set; }

    /// <summary>Forgets everything, so that the next path can be walked.</summary>
    /// <param name="rootName">What to call the root when it is a file; nothing for a store path.</param>
    public void Reset(string rootName = "")
    {
        _rootName = Encoding.UTF8.GetBytes(rootName);
        _references.Clear();
        _census.Clear();
        _deep?.Clear();
        _remarks.Clear();
        FileCount = 0;
        ByteCount = 0;
    }

    /// <summary>The references found since <see cref="Reset"/>; to be asked for once.</summary>
    public ImmutableArray<FoundReference> DrainReferences() => _references.Drain(index => _scanner.References.Hashes[index]);

    /// <summary>The census since <see cref="Reset"/>; to be asked for once.</summary>
    public ImmutableArray<PlatformTally> DrainPlatforms() => _census.Drain();

    /// <summary>The undeclared store paths since <see cref="Reset"/>; to be asked for once.</summary>
    public ImmutableArray<FoundReference> DrainUndeclared() => _deep?.Undeclared.Drain() ?? [];

    /// <summary>The hidden references since <see cref="Reset"/>; to be asked for once.</summary>
    public ImmutableArray<FoundReference> DrainHidden() => _deep?.Hidden.Drain() ?? [];

    /// <summary>The left-over build directories since <see cref="Reset"/>; to be asked for once.</summary>
    public FoundText DrainBuildPaths() => _deep?.BuildPaths.Ledger.DrainText() ?? FoundText.None;

    /// <summary>The scrubbed store paths since <see cref="Reset"/>; to be asked for once.</summary>
    public FoundText DrainScrubbed() => _deep?.Undeclared.Scrubbed.DrainText() ?? FoundText.None;

    /// <summary>What was left out since <see cref="Reset"/>; to be asked for once.</summary>
    public ImmutableArray<ScanRemark> DrainRemarks() => _remarks.Drain();

    /// <inheritdoc/>
    public void Directory(in ContentEntry entry) => ScanName(entry);

    /// <inheritdoc/>
    public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset)
    {
        ScanName(entry);
        ScanText(entry.Path, target, narOffset, Mechanism.SymlinkTarget);
        _deep?.Symlink(entry.Path, target, narOffset);
    }

    /// <inheritdoc/>
    public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset)
    {
        ScanName(entry);
        ReadOnlySpan<byte> path = entry.Path.IsEmpty ? _rootName : entry.Path;
        if (_path.Length < path.Length)
        {
            _path = new byte[2 * path.Length];
        }

        path.CopyTo(_path);
        _pathLength = path.Length;
        _executable = executable;
        _narOffset = narOffset;
        _scanner.Reset();
        _references.BeginFile(length);
        _deep?.BeginFile(length);
        FileCount++;
    }

    /// <inheritdoc/>
    public void FileData(ReadOnlySpan<byte> data)
    {
        int before = _references.HitCount;
        FileHitSink sink = _references.Sink;
        _scanner.Scan(data, ref sink);
        _references.Pass(data, before);
        _deep?.Pass(data);
        ByteCount += data.Length;
    }

    /// <inheritdoc/>
    public void EndFile(in FileView file)
    {
        WalkedFile walked = new() { Path = _path.AsSpan(0, _pathLength), Executable = _executable, NarOffset = _narOffset };
        FileIdentity identity = FileIdentifier.Identify(file);
        _census.Add(walked.Path, file.Length, _narOffset, _executable, identity);
        _references.EndFile(walked, file, identity);
        _deep?.EndFile(walked, file, identity);
    }

    private void ScanName(in ContentEntry entry) => ScanText(entry.Path, entry.Name, entry.NameNarOffset, Mechanism.EntryName);

    private void ScanText(ReadOnlySpan<byte> path, ReadOnlySpan<byte> text, long narOffset, Mechanism mechanism)
    {
        if (text.Length < Paths.StorePathHash.Length)
        {
            return;
        }

        _scanner.Reset();
        FileHitSink sink = _references.Sink;
        _scanner.Scan(text, ref sink);
        _references.EndText(path, text, narOffset, mechanism);
    }
}
