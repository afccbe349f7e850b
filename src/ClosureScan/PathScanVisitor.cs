using System.Collections.Immutable;
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
    private readonly FileHits _hits;
    private readonly PassingWindows _passing = new();
    private readonly EvidenceCollector _collector;
    private readonly EvidenceWriter _writer;
    private readonly PlatformCensus _census;
    private byte[] _path = new byte[256];
    private int _pathLength;
    private long _length;
    private long _narOffset;
    private bool _executable;

    public PathScanVisitor(ReferenceSet references, ScanOptions options)
    {
        _scanner = new ReferenceScanner(references);
        _hits = new FileHits(references.Count);
        _collector = new EvidenceCollector(references, options);
        _writer = new EvidenceWriter(_collector);
        _census = new PlatformCensus(options.MaxFilesPerTally);
    }

    /// <summary>Regular files so far.</summary>
    public long FileCount { get; private set; }

    /// <summary>Bytes of contents so far.</summary>
    public long ByteCount { get; private set; }

    /// <summary>Forgets everything, so that the next path can be walked.</summary>
    public void Reset()
    {
        _collector.Clear();
        _census.Clear();
        _hits.Clear();
        FileCount = 0;
        ByteCount = 0;
    }

    /// <summary>The references found since <see cref="Reset"/>; to be asked for once.</summary>
    public ImmutableArray<FoundReference> DrainReferences() => _collector.Drain();

    /// <summary>The census since <see cref="Reset"/>; to be asked for once.</summary>
    public ImmutableArray<PlatformTally> DrainPlatforms() => _census.Drain();

    /// <inheritdoc/>
    public void Directory(in ContentEntry entry) => ScanName(entry);

    /// <inheritdoc/>
    public void Symlink(in ContentEntry entry, ReadOnlySpan<byte> target, long narOffset)
    {
        ScanName(entry);
        ScanText(entry.Path, target, narOffset, Mechanism.SymlinkTarget);
    }

    /// <inheritdoc/>
    public void BeginFile(in ContentEntry entry, long length, bool executable, long narOffset)
    {
        ScanName(entry);
        if (_path.Length < entry.Path.Length)
        {
            _path = new byte[2 * entry.Path.Length];
        }

        entry.Path.CopyTo(_path);
        _pathLength = entry.Path.Length;
        _length = length;
        _executable = executable;
        _narOffset = narOffset;
        _scanner.Reset();
        _passing.Begin(length);
        FileCount++;
    }

    /// <inheritdoc/>
    public void FileData(ReadOnlySpan<byte> data)
    {
        int before = _hits.Hits.Length;
        FileHitSink sink = new(_hits);
        _scanner.Scan(data, ref sink);
        _passing.Take(data, _hits.Hits[before..]);
        ByteCount += data.Length;
    }

    /// <inheritdoc/>
    public void EndFile(in FileView file)
    {
        ReadOnlySpan<byte> path = _path.AsSpan(0, _pathLength);
        FileIdentity identity = FileIdentifier.Identify(file);
        _census.Add(path, _length, _narOffset, _executable, identity);
        if (_hits.TargetCount > 0)
        {
            WalkedFile walked = new() { Path = path, Executable = _executable, NarOffset = _narOffset };
            _writer.AddFile(walked, file, identity, _hits, _passing);
            _hits.Clear();
        }
    }

    private void ScanName(in ContentEntry entry) => ScanText(entry.Path, entry.Name, entry.NameNarOffset, Mechanism.EntryName);

    private void ScanText(ReadOnlySpan<byte> path, ReadOnlySpan<byte> text, long narOffset, Mechanism mechanism)
    {
        if (text.Length < Paths.StorePathHash.Length)
        {
            return;
        }

        _scanner.Reset();
        FileHitSink sink = new(_hits);
        _scanner.Scan(text, ref sink);
        if (_hits.TargetCount > 0)
        {
            _writer.AddText(path, text, narOffset, mechanism, _hits);
            _hits.Clear();
        }
    }
}
