using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Evidence;

/// <summary>
/// Gathers the evidence of one path. Counts are exact; evidence is bounded for each target and for the path. When the path's
/// bound is met, every target's bound is halved, so that a target seen late still gets its piece: a system profile has
/// thousands of targets with hundreds of symlinks each.
/// </summary>
internal sealed class EvidenceCollector
{
    private readonly ScanOptions _options;
    private readonly TargetEvidence?[] _targets;
    private readonly List<int> _found = [];
    private int _boundOfTarget;
    private int _kept;

    public EvidenceCollector(int targetCount, ScanOptions options)
    {
        _options = options;
        _targets = new TargetEvidence?[targetCount];
        _boundOfTarget = options.MaxEvidencePerTarget;
    }

    /// <summary>Takes note that one more file, symlink or name holds <paramref name="target"/>, <paramref name="count"/> times.</summary>
    public void CountHolder(int target, long count)
    {
        TargetEvidence evidence = _targets[target] ??= new TargetEvidence();
        if (evidence.FileCount == 0)
        {
            _found.Add(target);
        }

        evidence.Count += count;
        evidence.FileCount++;
    }

    /// <summary>Whether a piece of evidence would be kept; when not, it need not be made. <see cref="CountHolder"/> comes first.</summary>
    public bool Wants(int target, Mechanism mechanism, bool executable)
    {
        if (_kept >= _options.MaxEvidencePerPath && _boundOfTarget > 1)
        {
            HalveBounds();
        }

        int bound = _kept < _options.MaxEvidencePerPath ? _boundOfTarget : Math.Min(_boundOfTarget, _targets[target]!.Kept.Count);
        return _targets[target]!.Kept.Accepts((mechanism, executable), bound);
    }

    /// <summary>Keeps a piece of evidence that is <see cref="Wants">wanted</see>.</summary>
    public void Add(int target, ReferenceEvidence evidence)
    {
        BoundedSample<ReferenceEvidence, (Mechanism, bool)> kept = _targets[target]!.Kept;
        int before = kept.Count;
        kept.Add((evidence.Mechanism, evidence.Executable), evidence, _kept < _options.MaxEvidencePerPath ? _boundOfTarget : before);
        _kept += kept.Count - before;
    }

    /// <summary>What was gathered since the last call, sorted by target. The collector is then empty.</summary>
    /// <param name="hashOf">The hash that a target stands for.</param>
    public ImmutableArray<FoundReference> Drain(Func<int, StorePathHash> hashOf)
    {
        _found.Sort();
        ImmutableArray<FoundReference>.Builder result = ImmutableArray.CreateBuilder<FoundReference>(_found.Count);
        foreach (int target in _found)
        {
            TargetEvidence found = _targets[target]!;
            ImmutableArray<ReferenceEvidence>.Builder evidence = ImmutableArray.CreateBuilder<ReferenceEvidence>(found.Kept.Count);
            for (int index = 0; index < found.Kept.Count; index++)
            {
                evidence.Add(found.Kept[index]);
            }

            result.Add(new FoundReference
            {
                Target = hashOf(target),
                Count = found.Count,
                FileCount = found.FileCount,
                Evidence = evidence.MoveToImmutable(),
            });
        }

        Clear();
        return result.MoveToImmutable();
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (int target in _found)
        {
            _targets[target] = null;
        }

        _found.Clear();
        _kept = 0;
        _boundOfTarget = _options.MaxEvidencePerTarget;
    }

    private void HalveBounds()
    {
        _boundOfTarget /= 2;
        _kept = 0;
        foreach (int target in _found)
        {
            BoundedSample<ReferenceEvidence, (Mechanism, bool)> kept = _targets[target]!.Kept;
            kept.Trim(_boundOfTarget);
            _kept += kept.Count;
        }
    }

    private sealed class TargetEvidence
    {
        public long Count { get; set; }

        public long FileCount { get; set; }

        public BoundedSample<ReferenceEvidence, (Mechanism Mechanism, bool Executable)> Kept { get; } = new();
    }
}
