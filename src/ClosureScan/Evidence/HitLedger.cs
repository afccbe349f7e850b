using System.Collections.Immutable;
using ClosureScan.Paths;
using ClosureScan.Platforms;
using ClosureScan.Walking;

namespace ClosureScan.Evidence;

/// <summary>
/// Keeps account of one kind of hits over one path: hits come in through <see cref="Plain"/> and <see cref="Derived"/> while a stream passes, and become
/// evidence at its end. A file without hits costs nothing.
/// </summary>
internal sealed class HitLedger
{
    private readonly EvidenceCollector _collector;
    private readonly EvidenceCollector _hidden;
    private readonly EvidenceWriter _writer;
    private readonly EvidenceWriter _hiddenWriter;

    /// <summary>Makes a ledger.</summary>
    /// <param name="targetCount">How many targets there are; they are numbered from 0.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="spool">Where evidence goes.</param>
    /// <param name="isHiddenApart">Whether what lies in derived streams is told apart, see <see cref="DrainHidden"/>.</param>
    public HitLedger(int targetCount, ScanOptions options, EvidenceSpool spool, bool isHiddenApart = false)
    {
        Plain = new FileHits(targetCount);
        Derived = new FileHits(targetCount);
        _collector = new EvidenceCollector(targetCount, options, spool);
        _hidden = isHiddenApart ? new EvidenceCollector(targetCount, options, spool) : _collector;
        _writer = new EvidenceWriter(_collector, options.EveryOccurrence);
        _hiddenWriter = isHiddenApart ? new EvidenceWriter(_hidden, options.EveryOccurrence) : _writer;
    }

    /// <summary>The hits in a file's own bytes, in a symlink's target, in an entry's name.</summary>
    public FileHits Plain { get; }

    /// <summary>The hits in a stream that was made of a file's bytes.</summary>
    public FileHits Derived { get; }

    /// <summary>Turns the file's hits into evidence.</summary>
    public void EndFile(in WalkedFile file, in FileView view, FileIdentity identity)
    {
        if (Plain.TargetCount > 0)
        {
            _writer.AddFile(file, view, identity, Plain);
            Plain.Clear();
        }
    }

    /// <summary>Turns the hits in a symlink's target or an entry's name into evidence.</summary>
    public void EndText(ReadOnlySpan<byte> path, long narOffset, Mechanism mechanism)
    {
        if (Plain.TargetCount > 0)
        {
            _writer.AddText(path, narOffset, mechanism, Plain);
            Plain.Clear();
        }
    }

    /// <summary>Turns the hits in a derived stream into evidence.</summary>
    public void EndDerived(in EvidenceFile holder, string section, bool areOffsetsInFile)
    {
        if (Derived.TargetCount > 0)
        {
            _hiddenWriter.AddDerived(holder, section, areOffsetsInFile, Derived);
            Derived.Clear();
        }
    }

    /// <inheritdoc cref="EvidenceCollector.Drain"/>
    public ImmutableArray<FoundReference> Drain(Func<int, StorePathHash> hashOf) => _collector.Drain(hashOf);

    /// <summary>What was found in derived streams since the last call, where that is told apart.</summary>
    public ImmutableArray<FoundReference> DrainHidden(Func<int, StorePathHash> hashOf) => _hidden == _collector ? [] : _hidden.Drain(hashOf);

    /// <summary>What was found since the last call, of a ledger with one target.</summary>
    public FoundText DrainText() => _collector.Drain(static _ => default) is [FoundReference found]
        ? new FoundText { Count = found.Count, FileCount = found.FileCount, Evidence = found.Evidence }
        : FoundText.None;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Plain.Clear();
        Derived.Clear();
        _collector.Clear();
        _hidden.Clear();
    }
}
