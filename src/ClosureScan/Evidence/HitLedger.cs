using System.Collections.Immutable;
using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>
/// Keeps account of one kind of hits over one path: hits come in through <see cref="Sink"/> while a file passes, and become
/// evidence at its end. A file without hits costs nothing.
/// </summary>
internal sealed class HitLedger
{
    private readonly FileHits _hits;
    private readonly PassingWindows _passing = new();
    private readonly EvidenceCollector _collector;
    private readonly EvidenceWriter _writer;

    /// <summary>Makes a ledger.</summary>
    /// <param name="targetCount">How many targets there are; they are numbered from 0.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="anchorLength">How many bytes a hit has: 32 for a hash, 0 where a path begins.</param>
    public HitLedger(int targetCount, ScanOptions options, int anchorLength = StorePathHash.Length)
    {
        _hits = new FileHits(targetCount);
        _collector = new EvidenceCollector(targetCount, options);
        _writer = new EvidenceWriter(_collector, options.EveryOccurrence, anchorLength);
    }

    /// <summary>Where hits go.</summary>
    public FileHitSink Sink => new(_hits);

    /// <summary>How many hits of the current file are kept so far.</summary>
    public int HitCount => _hits.Hits.Length;

    /// <summary>Begins a file.</summary>
    public void BeginFile(long length) => _passing.Begin(length);

    /// <summary>Takes the file's next bytes, after they have been searched.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="hitsBefore">What <see cref="HitCount"/> was before the search.</param>
    public void Pass(ReadOnlySpan<byte> data, int hitsBefore) => _passing.Take(data, _hits.Hits[hitsBefore..]);

    /// <summary>Turns the file's hits into evidence.</summary>
    public void EndFile(in WalkedFile file, in FileView view, FileIdentity identity)
    {
        if (_hits.TargetCount > 0)
        {
            _writer.AddFile(file, view, identity, _hits, _passing);
            _hits.Clear();
        }
    }

    /// <summary>Turns the hits in a symlink's target or an entry's name into evidence.</summary>
    public void EndText(ReadOnlySpan<byte> path, ReadOnlySpan<byte> text, long narOffset, Mechanism mechanism)
    {
        if (_hits.TargetCount > 0)
        {
            _writer.AddText(path, text, narOffset, mechanism, _hits);
            _hits.Clear();
        }
    }

    /// <inheritdoc cref="EvidenceCollector.Drain"/>
    public ImmutableArray<FoundReference> Drain(Func<int, StorePathHash> hashOf) => _collector.Drain(hashOf);

    /// <summary>What was found since the last call, of a ledger with one target.</summary>
    public FoundText DrainText() => _collector.Drain(static _ => default) is [FoundReference found]
        ? new FoundText { Count = found.Count, FileCount = found.FileCount, Evidence = found.Evidence }
        : FoundText.None;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _hits.Clear();
        _collector.Clear();
    }
}
